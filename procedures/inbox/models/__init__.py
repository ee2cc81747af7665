"""The tables of the inbox."""

from procedures.inbox.models.conversation import Attachment, CompletionRequest, Message, Note
from procedures.inbox.models.log import Event
from procedures.inbox.models.organising import (
    ChecklistItem,
    ChecklistTick,
    ClosingDay,
    DeskSettings,
    ReplyTemplate,
    StatusWording,
    Team,
)
from procedures.inbox.models.outbox import OutboxMessage
from procedures.inbox.models.outcomes import Attestation, Letter, Satisfaction, SurveyRefusal
from procedures.inbox.models.requests import AnnouncedUnit, RequestText, ServiceRequest
from procedures.inbox.models.ties import Alert, ExpertOpinion, Mention, OpinionState, Reading, RequestLink

__all__ = [
    "Alert",
    "AnnouncedUnit",
    "Attachment",
    "Attestation",
    "ChecklistItem",
    "ChecklistTick",
    "ClosingDay",
    "CompletionRequest",
    "DeskSettings",
    "Event",
    "ExpertOpinion",
    "Letter",
    "Mention",
    "Message",
    "Note",
    "OpinionState",
    "OutboxMessage",
    "Reading",
    "ReplyTemplate",
    "RequestLink",
    "RequestText",
    "Satisfaction",
    "ServiceRequest",
    "StatusWording",
    "SurveyRefusal",
    "Team",
]

"""The tables of the inbox."""

from procedures.inbox.models.conversation import Attachment, CompletionRequest, Message, Note
from procedures.inbox.models.log import Event
from procedures.inbox.models.outbox import OutboxMessage
from procedures.inbox.models.requests import RequestText, ServiceRequest

__all__ = [
    "Attachment",
    "CompletionRequest",
    "Event",
    "Message",
    "Note",
    "OutboxMessage",
    "RequestText",
    "ServiceRequest",
]

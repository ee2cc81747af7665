"""An e-mail as a request: its words answer the procedure's first question for words, the rest is asked later."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from procedures.definition.compiled import Definition
from procedures.definition.models import ProcedureVersion
from procedures.filing.journey import Journey
from procedures.filing.outside import askable, claim_of, first_of, kept_beside
from procedures.filing.sending import as_new_request
from procedures.inbox.received import NewRequest, ReceivedFile, Requester
from procedures.inbox.transitions import Channel
from procedures.mailbox.parsing import Mail
from procedures.plugins import Kept

ARABIC = re.compile("[\u0600-\u06ff]")
LETTERS = re.compile(r"[^\W\d_]")


def as_request(
    mail: Mail, version: ProcedureVersion, language: str, files: tuple[ReceivedFile, ...], *, key: UUID
) -> NewRequest:
    """What the inbox registers; nothing that was written is left out, whatever the procedure asks."""
    definition = version.in_language(language)
    answers = _answers(mail, definition)
    journey = Journey(definition, answers)
    new = as_new_request(version, journey, channel=Channel.EMAIL, idempotency_key=key, files=files)
    beside = []
    if mail.subject:
        beside.append(kept_beside(language, "short_text", "mail.subject", _("Subject"), mail.subject))
    asked = first_of(definition, {"long_text": "text"}).get("text", "")
    if mail.text and journey.path.answers.get(asked) is None:
        beside.append(kept_beside(language, "long_text", "mail.text", _("E-mail"), mail.text))
    who = Requester(new.requester.name or mail.sender_name or mail.sender, mail.sender, new.requester.phone)
    return replace(new, requester=who, answers=(*beside, *new.answers))


def language_of(mail: Mail, version: ProcedureVersion) -> str:
    """The language of the letter where it says so or its script does, if the procedure is written in it."""
    said = mail.language
    letters = LETTERS.findall(mail.text[:2000])
    if not said and letters and len(ARABIC.findall(mail.text[:2000])) * 2 > len(letters):
        said = "ar"
    return said if said in version.languages else settings.LANGUAGE_CODE


def _answers(mail: Mail, definition: Definition) -> dict[str, Kept]:
    """What the e-mail says, as far as the questions take it."""
    known = {"email": mail.sender, "name": mail.sender_name}
    text = first_of(definition, {"long_text": "text"}).get("text")
    answers: dict[str, Kept] = {}
    for question in askable(definition):
        said = mail.text if question.id == text else known.get(claim_of(question), "")
        try:
            if said:
                answers[question.id] = question.field_type.keep(question.field_type.form_field(question).clean(said))
        except ValidationError:  # too long for it, say: it is kept beside
            continue
    return answers

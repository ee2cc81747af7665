"""E-mail, the first way out of the outbox: plain text and HTML with the same words."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from email.utils import parseaddr
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cms.formats.pdf import is_available
from procedures.inbox.errors import MaybeSent, Undeliverable
from procedures.inbox.expert_letters import SUBJECTS as EXPERT_SUBJECTS
from procedures.inbox.expert_letters import write_expert_letter
from procedures.inbox.letters import Letter, write_letter
from procedures.inbox.models import ServiceRequest
from procedures.inbox.papers import receipt_name, receipt_pdf
from procedures.inbox.staff_letters import SUBJECTS as STAFF_SUBJECTS
from procedures.inbox.staff_letters import write_staff_letter
from procedures.plugins import Delivery, Parcel

logger = logging.getLogger(__name__)


class Email(Delivery):
    """Write the letter in the resident's language and hand it to the mail server."""

    slug = "email"
    label = _("E-mail")

    def deliver(self, parcel: Parcel) -> None:
        """Send; the Message-ID is the same at every attempt.

        Raises:
            Undeliverable, MaybeSent, OSError: see ``_hand_to_server``.
        """
        with override(parcel.language):
            letter = _writer_of(parcel.content["kind"])(parcel.content)
            receipt = _receipt(parcel) if parcel.content["kind"] == "receipt" else None
        message = EmailMultiAlternatives(
            subject=letter.subject,
            body=letter.text,
            # The envelope may name the mailbox that takes what comes back; readers see the town.
            from_email=settings.MAILBOX_BOUNCES_ADDRESS or settings.DEFAULT_FROM_EMAIL,
            to=[parcel.recipient],
            reply_to=[letter.reply_to] if letter.reply_to else [],
            headers=_headers(parcel),
        )
        message.attach_alternative(letter.html, "text/html")
        if receipt:
            message.attach(*receipt, "application/pdf")
        _hand_to_server(message)


def _headers(parcel: Parcel) -> dict[str, str]:
    headers = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": f"<{parcel.key}@{sender_domain()}>",
        "Content-Language": parcel.language,
        # RFC 3834: holiday answering machines leave it alone.
        "Auto-Submitted": "auto-generated",
    }
    if parcel.content.get("may_be_double"):
        headers["X-May-Be-Double"] = "yes"
    return headers


def sender_domain() -> str:
    """The domain of our Message-IDs: replies and reports of failure name it."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]


def _hand_to_server(message: EmailMultiAlternatives) -> None:
    """Send over a connection of its own, so that failing to reach the server is told from failing halfway.

    Raises:
        Undeliverable: the server refuses the address or the message for good.
        MaybeSent: it went silent or hung up in between.
        OSError: it cannot be reached, or answers « later » (smtplib's errors are OSErrors).
    """
    connection = get_connection()
    connection.open()
    message.connection = connection
    try:
        message.send()
    except SMTPRecipientsRefused as refusal:
        codes = [code for code, _text in refusal.recipients.values()]
        if codes and all(code >= 500 for code in codes):
            raise Undeliverable(str(refusal)) from refusal
        raise
    except SMTPDataError as refusal:
        if refusal.smtp_code >= 500:
            raise Undeliverable(str(refusal)) from refusal
        raise
    except SMTPResponseException:
        raise
    except OSError as silence:
        raise MaybeSent(f"{type(silence).__name__}: {silence}") from silence
    finally:
        _leave(connection)


def _leave(connection: Any) -> None:
    """Take leave; a server that does not answer to that has the message all the same."""
    try:
        connection.close()
    except OSError as problem:
        logger.info("The mail server did not say goodbye: %s", problem)


def _writer_of(kind: str) -> Callable[[Mapping[str, Any]], Letter]:
    """Who words a message: the writer to colleagues, to experts outside, or to the resident."""
    if kind in STAFF_SUBJECTS:
        return write_staff_letter
    return write_expert_letter if kind in EXPERT_SUBJECTS else write_letter


def _receipt(parcel: Parcel) -> tuple[str, bytes] | None:
    """The receipt as a PDF: file name and content; None where none can be made.

    Whatever breaks in drawing it, the message is owed (CRPA L112-11) and leaves without.
    """
    if not is_available():
        return None
    request = ServiceRequest.objects.select_related("version", "department").get(pk=parcel.content["request_id"])
    try:
        return receipt_name(request), receipt_pdf(request)
    except Exception:
        logger.exception("The receipt of %s could not be drawn; its message leaves without it", request.number)
        return None

"""An e-mail as it came, made sense of, whatever it does to the standards."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from procedures.mailbox.plain import tidy, words_of_html

logger = logging.getLogger(__name__)
MOST_PARTS, MOST_FILES = 200, 20
SMALL_PICTURE_BYTES = 8 * 1024
"""A picture inside the text below that size is a logo of a signature."""
IGNORED_TYPES = {"text/calendar", "application/ics", "application/pgp-signature", "application/pkcs7-signature"}
UNREADABLE_TYPES = {"application/ms-tnef", "message/rfc822", "message/partial", "message/external-body"}
MESSAGE_ID = re.compile(r"<([^<>\s]{1,250})>")


@dataclass(frozen=True)
class Piece:
    """A file joined to an e-mail."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """What an e-mail says. ``text`` is whole, quotes included; addresses are in small letters."""

    sender: str
    sender_name: str
    subject: str
    text: str
    message_id: str = ""
    answers: tuple[str, ...] = ()
    """Message-IDs it names as what it answers, the nearest first."""
    recipients: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    left_out: tuple[str, ...] = ()
    """Names of what was joined and cannot be read: a letter in a letter, winmail.dat, one too many."""
    language: str = ""
    sent_at: datetime | None = None
    raw: Message = field(default_factory=Message, compare=False, repr=False)

    def header(self, name: str) -> str:
        """A header of the e-mail as text; empty where there is none."""
        return header(self.raw, name)


def parse(data: bytes) -> Mail:
    """Read an e-mail (RFC 5322 and MIME, as far as it keeps to them)."""
    message = message_from_bytes(data, policy=policy.compat32)
    name, address = _addresses([header(message, "From")])[0]
    plain, html, pieces, left_out = _contents(message)
    return Mail(
        sender=_valid(address),
        sender_name=tidy(name)[:150],
        subject=re.sub(r"\s+", " ", tidy(header(message, "Subject")))[:250],
        text=plain or words_of_html(html),
        message_id=next(iter(MESSAGE_ID.findall(tidy(header(message, "Message-ID")))), "")[:255],
        answers=_answered(message),
        recipients=_recipients(message),
        pieces=tuple(pieces),
        left_out=tuple(left_out),
        language=header(message, "Content-Language").strip().lower()[:2],
        sent_at=_date(header(message, "Date")),
        raw=message,
    )


def fingerprint(data: bytes) -> str:
    """The same for an e-mail that came twice, by whatever way: what servers add on the way is left out."""
    message = BytesHeaderParser(policy=policy.compat32).parsebytes(data)
    _head, _blank, body = data.replace(b"\r\n", b"\n").partition(b"\n\n")
    said = [header(message, name) for name in ("Message-ID", "From", "Date", "Subject")]
    return hashlib.sha256("\n".join(said).encode("utf-8", "replace") + b"\n\n" + body.strip()).hexdigest()


def header(message: Message, name: str) -> str:
    """A header, decoded as well as can be."""
    try:
        return str(make_header(decode_header(str(message.get(name, "")))))
    except (ValueError, LookupError, UnicodeError, TypeError):
        return str(message.get(name, "")).encode("ascii", "replace").decode()


def _valid(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address.lower()[:254]


def _answered(message: Message) -> tuple[str, ...]:
    nearest = MESSAGE_ID.findall(header(message, "In-Reply-To"))
    return tuple(dict.fromkeys([*nearest, *reversed(MESSAGE_ID.findall(header(message, "References")))]))[:50]


def _recipients(message: Message) -> tuple[str, ...]:
    names = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
    written = [str(value) for name in names for value in message.get_all(name, [])]
    return tuple(dict.fromkeys(address.lower() for _name, address in _addresses(written) if "@" in address))[:100]


def _addresses(written: list[str]) -> list[tuple[str, str]]:
    """Names and addresses, one at least."""
    try:
        return getaddresses(written) or [("", "")]
    except RecursionError:  # brackets in brackets, without end
        return [("", "")]


def _date(text: str) -> datetime | None:
    """When it was sent, as the sender's clock says; None for what cannot be, or has no zone."""
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo and moment.year > 2000 and moment <= timezone.now() else None


def _contents(message: Message) -> tuple[str, str, list[Piece], list[str]]:
    """Plain text, HTML, files, and the names of what is none of these."""
    plain: list[str] = []
    html: list[str] = []
    pieces: list[Piece] = []
    left_out: list[str] = []
    for part in _leaves(message):
        kind, name = part.get_content_type(), _name(part)
        if kind in UNREADABLE_TYPES:
            left_out.append(name or {"application/ms-tnef": "winmail.dat"}.get(kind, "message.eml"))
        elif kind in IGNORED_TYPES:
            continue
        elif kind == "text/plain" and not _is_file(part):
            plain.append(_text(part))
        elif kind == "text/html" and not _is_file(part):
            html.append(_text(part))
        else:
            content = _bytes(part)
            if _is_logo(part, content):
                continue
            if len(pieces) < MOST_FILES:
                pieces.append(Piece(name or "file", content))
            else:
                left_out.append(name or "file")
    return tidy("\n\n".join(plain)), "\n".join(html), pieces, left_out


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something, a letter in the letter whole; without recursion, and not without end."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting[:0] = [one for one in part.get_payload() if isinstance(one, Message)]
        else:
            yield part


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_name(part))


def _is_logo(part: Message, content: bytes) -> bool:
    is_inside = bool(part.get("Content-ID")) and part.get_content_disposition() != "attachment"
    return part.get_content_maintype() == "image" and is_inside and len(content) < SMALL_PICTURE_BYTES


def _name(part: Message) -> str:
    try:
        return str(make_header(decode_header(part.get_filename() or "")))[:250]
    except (ValueError, LookupError, UnicodeError, TypeError):
        return "file"


def _bytes(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, TypeError, LookupError):
        # Its character set is none, and the library decodes with it whatever the content is.
        del part["Content-Type"]
        content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: Message) -> str:
    """The text of a part in the character set it names, or the likeliest."""
    content = _bytes(part)
    for charset in (part.get_content_charset() or "", "utf-8", "cp1252"):
        try:
            return content.decode(charset)
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode("latin-1")

"""The signed names under which a browser holds a draft: cookie, link to resume, receipt.

Each is the draft's key with a signature of its own purpose, so one never serves for
another, and nothing that opens a draft is in the database.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponseBase

AFTER_FILING_SECONDS = 1800
"""How long the browser still finds the receipt by going back; a shared screen forgets it then."""
COOKIE, RESUME, RECEIPT = "cookie", "resume", "receipt"


def token(key: UUID, purpose: str) -> str:
    """Sign ``key`` for ``purpose``: some 66 characters that fit an address."""
    return _signer(purpose).sign(urlsafe_b64encode(key.bytes).rstrip(b"=").decode())


def key_of(text: str, purpose: str) -> UUID | None:
    """The key that ``token`` signed for the same purpose; None for anything else."""
    try:
        return UUID(bytes=urlsafe_b64decode(_signer(purpose).unsign(text) + "=="))
    except (BadSignature, NotBase64, ValueError):
        return None


def _signer(purpose: str) -> Signer:
    return Signer(sep="~", salt=f"parvis.filing.{purpose}")


def cookie_name(procedure_id: int) -> str:
    """One draft per procedure and browser."""
    return f"draft-{procedure_id}"


def key_in_cookie(request: HttpRequest, procedure_id: int) -> UUID | None:
    """The draft that this browser holds; None for none, or for a forged cookie."""
    return key_of(request.COOKIES.get(cookie_name(procedure_id), ""), COOKIE)


def set_cookie(
    response: HttpResponseBase, procedure_id: int, key: UUID, secure: bool, seconds: int | None = None
) -> None:
    """Let the browser hold the draft as long as the draft lives, or for ``seconds``."""
    response.set_cookie(
        cookie_name(procedure_id),
        token(key, COOKIE),
        max_age=seconds or settings.DRAFT_DAYS * 86_400,
        httponly=True,
        secure=secure,
        samesite="Lax",
    )


def drop_cookie(response: HttpResponseBase, procedure_id: int) -> None:
    """Let the browser forget the draft."""
    response.delete_cookie(cookie_name(procedure_id), samesite="Lax")

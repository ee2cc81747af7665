"""The signed link by which an expert outside reads one request and gives an opinion, without an account.

The address holds the opinion's id and an HMAC, under a key of the server and for this purpose alone, of a
random nonce kept with it. A copy of the database opens nothing. A link that is withdrawn stays known,
so that whoever holds it reads that nothing is asked any more, and nothing else.
"""

from __future__ import annotations

import hmac

from django.conf import settings
from django.urls import reverse

from procedures.inbox.access_link import signature
from procedures.inbox.models import ExpertOpinion

_PURPOSE = b"parvis.request.opinion:"
LONGEST_ID = 18
"""Digits of an id that a database can look up."""


def token_of(opinion: ExpertOpinion) -> str:
    """The token of an opinion's link: its id and 43 characters that fit an address."""
    return f"{opinion.pk}-{signature(_PURPOSE, settings.SECRET_KEY, opinion.nonce)}"


def address_of(opinion: ExpertOpinion) -> str:
    """The whole address that the expert is sent."""
    path = reverse("opinion:page", args=[token_of(opinion)])
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def find(token: str) -> ExpertOpinion | None:
    """The opinion that a link asks for, whether or not it may still be given; None for what was never a link."""
    pk, _dash, signed = token.partition("-")
    if not (pk.isascii() and pk.isdecimal() and len(pk) <= LONGEST_ID and signed.isascii()):
        return None
    opinion = (
        ExpertOpinion.objects.select_related("request__version", "request__department", "request__procedure")
        .filter(pk=int(pk))
        .first()
    )
    if opinion is None:
        return None
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    good = [hmac.compare_digest(signed, signature(_PURPOSE, str(key), opinion.nonce)) for key in keys]
    return opinion if any(good) else None

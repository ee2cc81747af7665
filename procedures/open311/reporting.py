"""Write a report of another application into the inbox: once, whatever the network does in between."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procedures.definition.compiled import Definition
from procedures.filing.journey import Journey
from procedures.filing.outside import kept_beside
from procedures.filing.sending import as_new_request
from procedures.inbox.models import ServiceRequest
from procedures.inbox.received import Answer, NewRequest, Requester
from procedures.inbox.services.filing import register_request
from procedures.inbox.transitions import Channel
from procedures.open311.answering import Said
from procedures.open311.attributes import by_parameter
from procedures.open311.models import ApiKey, OfferedService, Report, fingerprint
from procedures.plugins import Kept, field_types

SAME_WITHIN_SECONDS = 600
"""The same words through the same key within this time are one report, sent again."""
LABELS = {
    "description": _("Description"),
    "place": _("Place"),
    # Text: nobody follows it from here.
    "media_url": _("Address of a picture, as the application gave it"),
}
LONGEST = {"media_url": 2_000, "description": 4_000, "address_string": 250}


@transaction.atomic
def file_report(
    service: OfferedService, journey: Journey, said: Said, key: ApiKey, *, token: str = ""
) -> tuple[ServiceRequest, Report]:
    """Register what an application reports, with its public name; sent again, give the same ones.

    Args:
        token: the application's own name for this call; without one, the same words make the same report.
    """
    keys = [_named(key, token)] if token else _worded(key, service, said)
    request = ServiceRequest.objects.filter(idempotency_key__in=keys).order_by("-received_at").first()
    if request is None:
        new = as_new_request(service.version, journey, channel=Channel.OPEN311, idempotency_key=keys[0])
        request = register_request(_completed(new, journey.definition, said))
    report, _made = Report.objects.get_or_create(
        request=request,
        defaults={
            "procedure_id": request.procedure_id,
            "received_at": request.received_at,
            "token": fingerprint(token) if token else "",
        },
    )
    return request, report


def _named(key: ApiKey, token: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"open311:{key.pk}:token:{token}")


def _worded(key: ApiKey, service: OfferedService, said: Said) -> list[UUID]:
    """Keys that the same words have now, and had in the slice of the clock before."""
    words = sorted((name, values) for name, values in said.post.lists() if name != "api_key")
    digest = hashlib.sha256(repr(words).encode()).hexdigest()
    now = int(timezone.now().timestamp()) // SAME_WITHIN_SECONDS
    return [uuid5(NAMESPACE_URL, f"open311:{key.pk}:{service.pk}:{digest}:{slot}") for slot in (now, now - 1)]


def _completed(new: NewRequest, definition: Definition, said: Said) -> NewRequest:
    """The request with what the procedure has no question for, and who asks."""
    name, email, phone = (said.claim(claim)[:250] for claim in ("name", "email", "tel"))
    who = new.requester
    asked = by_parameter(definition)
    more = []
    if "description" not in asked and said["description"]:
        more.append(_beside(definition, "long_text", "description", said["description"][: LONGEST["description"]]))
    if "place" not in asked and (place := _place(said)):
        more.append(_beside(definition, "place", "place", place))
    if said["media_url"]:
        more.append(_beside(definition, "short_text", "media_url", said["media_url"][: LONGEST["media_url"]]))
    return replace(
        new,
        requester=Requester(who.name or name, who.email or email, who.phone or phone),
        answers=(*new.answers, *more),
    )


def _beside(definition: Definition, slug: str, parameter: str, kept: Kept) -> Answer:
    return kept_beside(definition.language, slug, f"open311.{parameter}", LABELS[parameter], kept)


def _place(said: Said) -> Kept:
    """The place as its type of question keeps it; the view has refused what is no point on Earth."""
    where = {"where": said["address_string"][: LONGEST["address_string"]], "point": said.point}
    if not any(where.values()):
        return None
    kind = field_types["place"]
    kept: Kept = kind.form_field(replace(kind.sample(), options={"locates": True})).clean(where)
    return kept

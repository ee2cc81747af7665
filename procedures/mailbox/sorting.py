"""Which request an e-mail is about, whether its resident wrote it, and what it becomes where it is about none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.conf import settings

from procedures.definition.models import Procedure
from procedures.inbox import tracking_number
from procedures.inbox.models import OutboxMessage, ServiceRequest
from procedures.mailbox.authenticity import is_forged, is_vouched_for
from procedures.mailbox.automatic import own_key
from procedures.mailbox.models import MailboxRoute
from procedures.mailbox.parsing import Mail

READ_FOR_NUMBERS = 20_000
"""Characters of a text in which a tracking number is looked for."""
MOST_NUMBERS = 20


def request_of(mail: Mail) -> ServiceRequest | None:
    """The request that an e-mail answers, by what it answers, the address it is sent to, its subject, its text."""
    keys = [key for name in mail.answers if (key := own_key(name))]
    if keys:
        letters = OutboxMessage.objects.filter(key__in=keys).select_related("request__department", "request__version")
        by_key = {letter.key: letter.request for letter in letters}
        for key in keys:
            if key in by_key:
                return by_key[key]
    numbers = list(dict.fromkeys(_numbers_in(mail)))[:MOST_NUMBERS]
    known = {
        request.tracking_number: request
        for request in ServiceRequest.objects.filter(tracking_number__in=numbers).select_related(
            "department", "version"
        )
    }
    return next((known[number] for number in numbers if number in known), None)


def _numbers_in(mail: Mail) -> Iterator[str]:
    """Tracking numbers, the surest first; outside of addresses only with the city's prefix."""
    name, _at, domain = settings.MAILBOX_ADDRESS.lower().rpartition("@")
    for recipient in mail.recipients:
        local, _at, host = recipient.rpartition("@")
        if domain and host == domain and local.startswith(f"{name}+"):
            yield from filter(None, [tracking_number.read(local.removeprefix(f"{name}+"))])
    written = re.compile(
        rf"\b{re.escape(settings.TRACKING_PREFIX)}[\s\u2010-\u2015-]*([0-9A-Z][\s\u2010-\u2015-]?){{10}}[0-9A-Z]\b",
        re.IGNORECASE,
    )
    for text in (mail.subject, mail.text[:READ_FOR_NUMBERS]):
        for found in written.finditer(text):
            yield from filter(None, [tracking_number.read(found[0])])


def bears_their_address(mail: Mail, request: ServiceRequest) -> bool:
    """Whether it bears the address that the request knows; anybody can write one."""
    known = request.requester_email.lower()
    return bool(known) and mail.sender == known


def is_from_resident(mail: Mail, request: ServiceRequest) -> bool:
    """Whether something shows that the address it bears is its own: what it answers, or the town's mail server."""
    if not bears_their_address(mail, request) or is_forged(mail):
        return False
    return answers_a_letter(mail, request) or is_vouched_for(mail)


def answers_a_letter(mail: Mail, request: ServiceRequest) -> bool:
    """Whether it names a message of ours to that address: its Message-ID is a random key that no other mailbox got."""
    keys = [key for name in mail.answers if (key := own_key(name))]
    return request.outbox.filter(key__in=keys, recipient__iexact=mail.sender).exists()


def procedure_of(mail: Mail) -> Procedure | None:
    """The procedure of an e-mail that is about no request: that of its address, else the general one."""
    routes = MailboxRoute.objects.filter(address__in=mail.recipients, procedure__current__isnull=False)
    by_address = {route.address: route.procedure for route in routes.select_related("procedure__current")}
    for recipient in mail.recipients:
        if recipient in by_address:
            return by_address[recipient]
    general = Procedure.objects.filter(slug=settings.MAILBOX_PROCEDURE, current__isnull=False)
    return general.select_related("current").first()

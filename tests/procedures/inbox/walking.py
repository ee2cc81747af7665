"""Every address behind which a request could stand, found in the resolver, with values to try in each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import uuid4

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from procedures.inbox.desk.actions import desk_actions
from procedures.inbox.jobs.models import Job
from procedures.inbox.jobs.services import prepare
from procedures.inbox.models import ServiceRequest
from procedures.retention.models import Hold
from tests.factories.inbox import make_agent

# Rooms whose screens are about procedures, before anybody has filed anything.
WITHOUT_REQUESTS = ("procedures.definition.", "procedures.filing.trial_screens", "procedures.fields.")


class Way(NamedTuple):
    """An address with something of a request in it, and the same address about nothing."""

    name: str
    real: str
    unreal: str


class UnknownPart(Exception):
    """An address has a part that the walk does not know how to fill in: teach it in ``parts_of``."""


def addresses(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Every named address below ``resolver``, with its namespaces."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        elif pattern.name:
            yield ":".join([*spaces, pattern.name]), pattern


def of_requests() -> dict[str, URLPattern]:
    """The addresses of all rooms that may show a request."""
    found = {}
    for name, pattern in addresses(get_resolver()):
        view = getattr(pattern.callback, "view_class", pattern.callback)
        if view.__module__.startswith("procedures.") and not view.__module__.startswith(WITHOUT_REQUESTS):
            found[name] = pattern
    return found


def parts_of(about: ServiceRequest) -> dict[str, list[tuple[Any, Any]]]:
    """For each part of an address: what belongs to ``about``, and what belongs to nothing.

    A secret address is tried with everything that is stored of it: none of that opens it.
    """
    file, nobody = about.attachments.first(), "x" * 43
    guesses = [about.tracking_number, about.access_nonce, about.access_hash]
    return {
        "pk": [(about.pk, 10**9)],
        "key": [(file.key, uuid4())],
        "token": [(guess, nobody) for guess in guesses],
        "slug": [(about.procedure.slug, about.procedure.slug)],
        "job": [(job_about(about).key, uuid4())],
        "inbox:action slug": [(slug, slug) for slug in desk_actions()],
        "template": [(1, 10**9)],
        "opinion": [(about.opinions.get().pk if about.opinions.exists() else 0, 10**9)],
        "message": [(about.messages.first().pk if about.messages.exists() else 0, 10**9)],
        "letter": [(about.letters.get().pk if about.letters.exists() else 0, 10**9)],
        "table": [(table, table) for table in ("evolution", "detail")],
        "extension": [("csv", "csv")],
        "hold": [(hold_of(about).pk, 10**9)],
        "step": [("1", "1"), ("verifier", "verifier")],
        "format": [("json", "json"), ("xml", "xml")],
        "code": [(about.procedure.slug, about.procedure.slug)],
        "public_id": [(guess, nobody) for guess in guesses],
        "kind": [("accuse", "accuse"), ("demande", "demande")],
        "year": [(about.received_at.year, about.received_at.year)],
    }


def job_about(about: ServiceRequest) -> Job:
    """A bulk action that a colleague of its department prepared."""
    known = Job.objects.filter(department_ids=[about.department_id]).first()
    return known or prepare(make_agent(about.department), "take", [about.pk])


def hold_of(about: ServiceRequest) -> Hold:
    """Something that keeps its data longer."""
    return Hold.objects.get_or_create(request=about, defaults={"reason": "La quincaillerie fait appel."})[0]


def ways_to(about: ServiceRequest) -> list[Way]:
    """Every address that can name ``about`` or something of it."""
    parts, ways = parts_of(about), []
    for name, pattern in of_requests().items():
        pairs: list[tuple[dict[str, Any], dict[str, Any]]] = [({}, {})]
        for part in pattern.pattern.regex.groupindex:
            known = parts.get(f"{name} {part}") or parts.get(part)
            if known is None:
                raise UnknownPart(f"{name}: {part}")
            pairs = [({**real, part: one}, {**unreal, part: other}) for real, unreal in pairs for one, other in known]
        ways += [Way(name, reverse(name, kwargs=real), reverse(name, kwargs=unreal)) for real, unreal in pairs]
    return ways

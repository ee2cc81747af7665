"""A bulk action leaves what the same action leaves when it is done one by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import time_machine
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from procedures.inbox.errors import InboxError
from procedures.inbox.models import Attachment, Event, Letter, Message, Note, OutboxMessage, ServiceRequest, Team
from procedures.inbox.sealing import all_breaks
from procedures.inbox.services import conversation, decision, handling
from procedures.inbox.services.bulk import act_on, try_on
from procedures.inbox.services.completion import ask_for_completion
from procedures.inbox.services.merging import merge
from tests.factories.inbox import make_agent, make_request, received_file
from tests.factories.procedures import make_department, make_procedure

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
ACTS = ("take", "assign", "team", "forward", "message", "note", "accept", "refuse", "close", "transfer")
PASTS = ("new", "taken", "waiting", "closed", "elsewhere", "silent", "by counter", "joined", "with identity")


class Town:
    """Two departments, and requests with a past each."""

    def __init__(self, pasts: list[str]) -> None:
        procedure = make_procedure(silence_effect="refusal", announced_delay_days=14)
        self.other = make_department("Voirie")
        self.agent, self.colleague = (make_agent(procedure.department) for _ in range(2))
        self.words = {str(self.agent): "A", self.agent.email: "A", str(self.colleague): "C", self.colleague.email: "C"}
        self.words |= {str(procedure.department): "here", str(self.other): "there"}
        self.team = Team.objects.create(department=procedure.department, name="Accueil")
        self.followers: list[ServiceRequest] = []
        self.requests = [self._request(procedure, past) for past in pasts]

    def _request(self, procedure: Any, past: str) -> ServiceRequest:
        files = (received_file(sensitive=True),) if past == "with identity" else ()
        request = make_request(procedure, files=files)
        if past == "taken":
            handling.take(request, agent=self.colleague)
        elif past == "waiting":
            ask_for_completion(request, missing=["Un justificatif"], by=date(2027, 1, 1), agent=self.agent)
        elif past == "closed":
            decision.accept(request, agent=self.agent)
        elif past == "elsewhere":
            handling.forward(request, department=self.other, reason="Pour vous.", agent=self.agent)
        elif past == "by counter":
            ServiceRequest.objects.filter(pk=request.pk).update(requester_email="", entered_by=self.agent)
        elif past == "joined":
            self.followers.append(make_request(procedure))
            merge(self.followers[-1], into=request, agent=self.agent)
        elif past == "silent":
            ServiceRequest.objects.filter(pk=request.pk).update(requester_email="")
        return request

    @property
    def all(self) -> list[ServiceRequest]:
        """Those joined to another come among the rest, each after what it was joined to."""
        return sorted([*self.requests, *self.followers], key=lambda request: request.pk)

    def act(self, slug: str) -> Callable[[ServiceRequest], Any]:
        """One of the services, with the same words for all."""
        service: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
            "take": (handling.take, {}),
            "assign": (handling.assign, {"to": self.colleague}),
            "team": (handling.assign, {"to": self.team}),
            "transfer": (decision.transfer, {"body": "La préfecture", "reason": "C’est elle qui décide."}),
            "forward": (handling.forward, {"department": self.other, "reason": "Pour vous."}),
            "message": (conversation.write_to_resident, {"text": "Nous avançons."}),
            "note": (conversation.write_note, {"text": "Vu."}),
            "accept": (decision.accept, {"reason": "Venez."}),
            "refuse": (decision.refuse, {"reason": "Trop tard."}),
            "close": (decision.close, {"reason": "Sans objet."}),
        }
        call, words = service[slug]
        return lambda request: call(request, agent=self.agent, **words)

    def said(self, value: Any) -> Any:
        """People and departments by their part in the play."""
        return self.words.get(value, value) if isinstance(value, str) else value

    def left(self) -> list[Any]:
        """All that is in the database of the requests, ids apart."""
        order = {request.pk: place for place, request in enumerate([*self.requests, *self.followers])}

        def rows(model: Any, *fields: str) -> list[Any]:
            found = model.objects.filter(request__in=order).order_by("request_id", "pk")
            return [(order[pk], *map(self.said, values)) for pk, *values in found.values_list("request_id", *fields)]

        states = ServiceRequest.objects.filter(pk__in=order).order_by("pk")
        facts = (
            "status",
            "agent__email",
            "team__name",
            "department__name",
            "due_on",
            "due_key",
            "closed_at",
            "resident_wrote_at",
        )
        return [
            [tuple(map(self.said, row)) for row in states.values_list(*facts, "log_length")],
            rows(Event, "seq", "kind", "actor_name", "at", "visible_to_resident"),
            rows(Message, "kind", "author__email", "text", "sent_at"),
            rows(Note, "author__email", "text"),
            rows(Letter, "kind", "language", "signed_by__email", "to_print"),
            rows(OutboxMessage, "kind", "recipient", "language", "payload__due_on", "state"),
            rows(Attachment, "original_name"),
        ]


def _one_by_one(town: Town, slug: str) -> list[str]:
    problems = []
    for request in town.all:
        try:
            town.act(slug)(request)
        except InboxError as problem:
            problems.append(str(problem))
    return problems


def _in_a_batch(town: Town, slug: str) -> list[str]:
    act = town.act(slug)
    pks = [request.pk for request in town.all]
    foretold = try_on(pks, act)
    with transaction.atomic():
        results = act_on(pks, act)
    assert results == foretold
    return [result.refusal for result in results if result.refusal]


class Batches(TestCase):
    """Whatever the action, whatever happened before."""

    @settings(max_examples=15, deadline=None)
    @example(slug="close", pasts=["joined"])
    @given(slug=st.sampled_from(ACTS), pasts=st.lists(st.sampled_from(PASTS), min_size=1, max_size=4))
    def test_a_batch_leaves_what_one_by_one_leaves(self, slug: str, pasts: list[str]) -> None:
        left = []
        for way in (_one_by_one, _in_a_batch):
            with time_machine.travel(NOW, tick=False):
                town = Town(pasts)
                left.append([way(town, slug), town.left()])
        assert left[0] == left[1]
        assert list(all_breaks()) == []

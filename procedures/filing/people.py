"""Who appears in a request, from the answers that say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from procedures.fields.persons import BENEFICIARY, REPRESENTATIVE, REQUESTER, whose
from procedures.inbox.people import Person
from procedures.inbox.received import Requester
from procedures.plugins import Kept, Question

Answered = Iterable[tuple[Question, Kept]]
"""Shown questions and their answers, in order."""


def requester_in(answered: Answered) -> Requester:
    """Who asks, from the first answers that claim to say so."""
    said: dict[str, str] = {}
    for question, kept in answered:
        said = {**question.field_type.claims(kept, question), **said}
    return Requester(name=_name(said), email=said.get("email", ""), phone=said.get("tel", ""))


def others_in(answered: Answered) -> tuple[Person, ...]:
    """Beneficiaries and representatives; in a repeated group, one for each row that names somebody."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    for question, kept in answered:
        role = whose(question)
        if role in (BENEFICIARY, REPRESENTATIVE):
            # A type says of anybody what it would say of the person who asks.
            asked = replace(question, options={**question.options, "whose": REQUESTER})
            known = said.setdefault((role, question.id.rpartition(".")[0]), {})
            known.update({**question.field_type.claims(kept, asked), **known})
    people = (
        Person(role, _name(claims), claims.get("email", ""), claims.get("tel", ""))
        for (role, _row), claims in said.items()
    )
    return tuple(person for person in people if person.name or person.email or person.phone)


def _name(said: dict[str, str]) -> str:
    name = said.get("name") or " ".join(filter(None, (said.get("given-name"), said.get("family-name"))))
    return name or said.get("organization", "")

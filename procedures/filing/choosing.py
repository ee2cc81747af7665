"""Which procedure somebody calls about: by department, what the agent enters most first, narrowed by words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.accounts.models import User
from procedures.definition.versions import ProcedureQuerySet
from procedures.inbox.folding import fold
from procedures.inbox.models import ServiceRequest

LATEST, MOST_USUAL = 200, 5
"""Of what an agent entered, how much tells their habits; how many procedures come first."""


@dataclass(frozen=True)
class Choice:
    """A procedure, and the words it is found by: title, department, summary, without accents."""

    pk: int
    title: str
    department: str
    words: str

    def answers_to(self, typed: str) -> bool:
        """Whether it has each word that was typed, or the beginning of it."""
        return all(word in self.words for word in fold(typed).split())


@dataclass(frozen=True)
class Group:
    """Procedures under one heading."""

    title: str
    choices: list[Choice]


def choices_among(procedures: ProcedureQuerySet) -> list[Choice]:
    """The procedures as an agent chooses among them, in one query."""
    columns = ("pk", "title", "department__name", "page__search_description")
    return [
        Choice(pk, title, department, fold(f"{title} {department} {summary or ''}"))
        for pk, title, department, summary in procedures.order_by("title").values_list(*columns)
    ]


def usual(agent: User) -> list[int]:
    """Ids of the procedures that ``agent`` enters most, of late; other people's habits do not count."""
    entered = ServiceRequest.objects.filter(entered_by=agent).order_by("-id")
    counted = Counter(entered.values_list("procedure", flat=True)[:LATEST])
    return [pk for pk, _count in counted.most_common(MOST_USUAL)]


def grouped(choices: Iterable[Choice], first: Iterable[int] = ()) -> list[Group]:
    """The procedures ``first`` under a heading of their own, then the rest by department; each once."""
    left = {choice.pk: choice for choice in choices}
    many = len(left) > MOST_USUAL
    usual_ones = [left.pop(pk) for pk in first if pk in left] if many else []
    departments: dict[str, list[Choice]] = {}
    for choice in left.values():
        departments.setdefault(choice.department, []).append(choice)
    groups = [Group(name, found) for name, found in sorted(departments.items(), key=lambda item: fold(item[0]))]
    return [Group(_("What you enter most"), usual_ones), *groups] if usual_ones else groups


def narrowed(choices: Iterable[Choice], typed: str, *, kept: str = "") -> list[Choice]:
    """Those that answer to ``typed``, and the one that is chosen already (``kept``, its id)."""
    return [choice for choice in choices if choice.answers_to(typed) or str(choice.pk) == kept]

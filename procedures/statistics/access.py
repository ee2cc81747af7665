"""Whose figures somebody may see: those of the departments whose requests they may read, or all of them."""

from __future__ import annotations

from dataclasses import dataclass

from cms.accounts.models import User
from procedures.inbox.desk import names
from procedures.inbox.querysets import departments_answered_by

ALL_FIGURES = "statistics.view_all_figures"
"""The permission of the mayor and of elected people: all figures, and no request."""
READ_REQUESTS = "inbox.view_servicerequest"


@dataclass(frozen=True)
class Viewer:
    """What somebody may see: figures of some departments, and the requests of some of these."""

    figures_of: frozenset[int]
    requests_of: frozenset[int]

    def reads(self, department_ids: frozenset[int]) -> bool:
        """Whether the requests behind figures of these departments are open to them, too."""
        return bool(department_ids) and department_ids <= self.requests_of


def may_see_figures(user: User) -> bool:
    """Whether there is anything to see."""
    return user.has_perm(ALL_FIGURES) or user.has_perm(READ_REQUESTS)


def viewer(user: User) -> Viewer:
    """Whose figures and whose requests ``user`` may see."""
    read = frozenset(departments_answered_by(user)) if user.has_perm(READ_REQUESTS) else frozenset()
    every = frozenset(names.departments()) if user.has_perm(ALL_FIGURES) else frozenset()
    return Viewer(figures_of=read | every, requests_of=read)

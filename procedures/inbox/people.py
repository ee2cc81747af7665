"""The people of a request besides whoever asks: the one it is for, and whoever stands in for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from procedures.fields.persons import PERSONS

if TYPE_CHECKING:
    from procedures.inbox.models import ServiceRequest


@dataclass(frozen=True)
class Person:
    """Somebody a request names; ``role`` is one of ``procedures.fields.persons``."""

    role: str
    name: str
    email: str = ""
    phone: str = ""

    @property
    def label(self) -> str:
        """What the person is to the request, in the active language."""
        return str(dict(PERSONS)[self.role])


def people_of(request: ServiceRequest) -> list[Person]:
    """The people of ``request``, in the order they were named."""
    return [Person(**person) for person in request.people]

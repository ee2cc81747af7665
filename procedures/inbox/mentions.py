"""Colleagues called in a note: ``@Nadia Benali``, ``@nadia`` where there is one, or ``@`` and their address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from cms.accounts.models import User
from procedures.inbox.folding import fold


def called_in(text: str, colleagues: Iterable[User]) -> list[User]:
    """Whom ``text`` calls, in the order of ``colleagues``; accents and capitals do not matter."""
    people, said = list(colleagues), fold(text)
    first_names = Counter(fold(person.first_name) for person in people)
    return [person for person in people if any(_is_called(said, name) for name in _names_of(person, first_names))]


def _names_of(person: User, first_names: Counter[str]) -> list[str]:
    names = [fold(person.get_full_name()), fold(person.email)]
    first = fold(person.first_name)
    if first_names[first] == 1:
        names.append(first)
    return [name for name in names if name]


def _is_called(said: str, name: str) -> bool:
    """Whether ``@name`` is there and goes no further: Nadia Benali is not Nadia Benaliou."""
    at = said.find(f"@{name}")
    while at >= 0:
        end = at + 1 + len(name)
        if not said[end : end + 1].isalnum():
            return True
        at = said.find(f"@{name}", end)
    return False

"""What a format reads and hands to the one who saves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar

from cms.registry import Plugin, Registry


class UnusableFile(Exception):
    """The file cannot be read at all; the message is one line for whoever started the import."""


@dataclass(frozen=True)
class PlaceRow:
    """A place as its source describes it, cleaned of nothing yet."""

    number: int
    """Its position in the file, from 1; the header does not count."""
    source_id: str
    name: str
    values: dict[str, Any] = field(default_factory=dict)
    """Fields of ``Place`` besides the name."""
    commune: str = ""
    """INSEE code of the commune; empty when the source does not say."""
    remarks: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Changes when the source changes."""
        return sha256(repr((self.name, sorted(self.values.items()))).encode("utf-8", "replace")).hexdigest()[:32]

    @property
    def town(self) -> tuple[str, str]:
        """Postcode and name of the town, to compare."""
        return str(self.values.get("postcode", "")), str(self.values.get("town", "")).casefold()


@dataclass(frozen=True)
class BadRow:
    """A row that cannot become a place, and why."""

    number: int
    reason: str
    source_id: str = ""
    name: str = ""


@dataclass(frozen=True)
class Progress:
    """How far a file is read, in bytes; the same object for the whole file."""

    done: list[int] = field(default_factory=lambda: [0])

    def move(self, position: int) -> None:
        """Note the position reached."""
        self.done[0] = position


class PlaceFormat(Plugin):
    """A format of open data; ``slug`` is stored with every place that came through it."""

    slug: ClassVar[str]
    always_says_commune: ClassVar[bool] = False
    """Every row bears the code of its commune."""

    def read(self, path: Path, progress: Progress) -> Iterator[PlaceRow | BadRow]:
        """Read the file row by row.

        Raises:
            UnusableFile: at the start or on the way; rows read before stay good.
        """
        raise NotImplementedError


place_formats = Registry(PlaceFormat, "PLACE_FORMATS")

"""Why a call is refused, in GeoReport's words: a code that is the HTTP status too, and a sentence for people."""

from __future__ import annotations

from collections.abc import Sequence


class Refused(Exception):
    """A call that is not served; ``descriptions`` are in the caller's language."""

    def __init__(self, status: int, *descriptions: str, wait_seconds: int = 0) -> None:
        super().__init__(status, *descriptions)
        self.status, self.descriptions, self.wait_seconds = status, descriptions, wait_seconds

    @property
    def body(self) -> Sequence[dict[str, object]]:
        """As GeoReport answers it."""
        return [{"code": self.status, "description": description} for description in self.descriptions]

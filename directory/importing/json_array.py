"""A JSON array read item by item, whatever its length."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from directory.importing.files import opened, report_position
from directory.importing.rows import Progress, UnusableFile

CHUNK_CHARACTERS = 65_536
ITEM_MAX_CHARACTERS = 1_000_000


def items_of(path: Path, progress: Progress) -> Iterator[Any]:
    """Read the items of the array that a file holds.

    Raises:
        UnusableFile: no JSON, no array, cut short.
    """
    with opened(path) as (text, raw):
        buffer = _Buffer(text, path)
        if buffer.peek() != "[":
            raise UnusableFile(f"{path}: not a JSON array.")
        buffer.take()
        while buffer.peek() != "]":
            yield buffer.item()
            report_position(raw, progress)
            if buffer.peek() == ",":
                buffer.take()
            elif buffer.peek() != "]":
                raise UnusableFile(f"{path}: not JSON after item {buffer.count}.")


class _Buffer:
    """What is read and not yet used."""

    def __init__(self, text: IO[str], path: Path) -> None:
        self.text, self.path, self.held, self.count = text, path, "", 0
        self.decoder = json.JSONDecoder()

    def more(self) -> bool:
        chunk = self.text.read(CHUNK_CHARACTERS)
        self.held += chunk
        return bool(chunk)

    def peek(self) -> str:
        """The next character that is no space."""
        self.held = self.held.lstrip()
        while not self.held:
            if not self.more():
                raise UnusableFile(f"{self.path}: not JSON, cut short after item {self.count}.")
            self.held = self.held.lstrip()
        return self.held[0]

    def take(self) -> None:
        self.held = self.held[1:]

    def item(self) -> Any:
        self.peek()
        while True:
            try:
                value, end = self.decoder.raw_decode(self.held)
                # A number at the very end of what is held may go on.
                if end < len(self.held) or not self.more():
                    break
            except (json.JSONDecodeError, RecursionError) as error:
                if len(self.held) > ITEM_MAX_CHARACTERS or not self.more():
                    raise UnusableFile(f"{self.path}: not JSON at item {self.count + 1}.") from error
        self.held = self.held[end:]
        self.count += 1
        return value

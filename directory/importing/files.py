"""Open a file that may be compressed, cut short or no text at all."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from directory.importing.rows import Progress, UnusableFile

GZIP_MAGIC = b"\x1f\x8b"
LOOKED_AT_BYTES = 65_536


@contextmanager
def opened(path: Path) -> Iterator[tuple[IO[str], IO[bytes]]]:
    """Open as UTF-8 text; also gives the file on disk, whose position tells the progress.

    A byte that is no UTF-8 further on becomes a lone surrogate, so that one bad row does not
    hide the others.

    Raises:
        UnusableFile: missing, a folder, no gzip despite its name, cut short, not UTF-8.
    """
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == GZIP_MAGIC
            raw.seek(0)
            if path.suffix == ".gz" and not packed:
                raise UnusableFile(f"{path}: not a gzip file despite its name.")
            unpacked: Any = gzip.open(raw) if packed else raw  # noqa: SIM115 - closed with raw
            _look_at(unpacked.read(LOOKED_AT_BYTES), path)
            unpacked.seek(0)
            yield io.TextIOWrapper(unpacked, "utf-8-sig", errors="surrogateescape", newline=""), raw
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UnusableFile(f"{path}: the compressed file is damaged or cut short ({error}).") from error
    except OSError as error:
        raise UnusableFile(f"{path}: {error.strerror or error}.") from error


def is_text(text: str) -> bool:
    """Whether every byte was UTF-8, and none is null."""
    return "\x00" not in text and not any("\udc80" <= letter <= "\udcff" for letter in text)


def report_position(raw: IO[bytes], progress: Progress) -> None:
    """Note how far the file on disk is read."""
    progress.move(raw.tell())


def _look_at(start: bytes, path: Path) -> None:
    if not start.strip():
        raise UnusableFile(f"{path}: the file is empty.")
    try:
        start.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # A letter cut in two at the end of what was looked at is no mistake.
        if error.start < len(start) - 4 or len(start) < LOOKED_AT_BYTES:
            raise UnusableFile(f"{path}: not UTF-8 text (byte {error.start}).") from error
    if b"\x00" in start:
        raise UnusableFile(f"{path}: not a text file.")

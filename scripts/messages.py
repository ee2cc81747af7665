"""Translations without gettext: ``compile``, ``update`` or ``check`` the catalogues of ``locale/``.

Babel reads the Python sources; Django's own reader turns templates into something that
Babel reads too. English is the source language and has no catalogue.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("cms", "directory", "agenda", "procedures", "demo", "templates")
KEYWORDS = DEFAULT_KEYWORDS | {
    "_now": None,  # gettext, in modules where _ is lazy
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENT_TAGS = ("Translators:",)
CATALOGUES = ("fr", "ar")  # compulsory; others may join them


def sources() -> Iterator[Path]:
    """List the files that may hold messages."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in {".py", ".html", ".svg", ".txt", ".xml"} and "migrations" not in path.parts:
                yield path


def as_python(path: Path) -> bytes:
    """Return the text of a source as something that Python's tokenizer accepts."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Indents of a template are no Python, and neither are its bare words in brackets.
        lines = templatize(text, origin=str(path)).splitlines()
        text = "\n".join(line.strip() for line in lines) + "\n"
    return text.encode()


def extracted() -> Catalog:
    """Read every message of the sources, in the order of the files."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    for path in sources():
        found = extract("python", BytesIO(as_python(path)), KEYWORDS, COMMENT_TAGS, strip_comment_tags=True)
        for _, message, comments, context in found:
            place = [(path.relative_to(ROOT).as_posix(), None)]
            catalogue.add(message, locations=place, auto_comments=comments, context=context)
    return catalogue


def catalogues(folder: Path) -> Iterator[tuple[str, Path]]:
    """List language codes with their catalogue file, there or still to be made."""
    others = {path.parts[-3] for path in folder.glob("*/LC_MESSAGES/django.po")} - {*CATALOGUES}
    for language in (*CATALOGUES, *sorted(others)):
        yield language, folder / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    """Read one catalogue; empty when there is no file yet."""
    if not path.exists():
        return Catalog(locale=language, project="Parvis", version="", charset="utf-8", fuzzy=False, header_comment="")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compile_all(folder: Path) -> int:
    """Compile each catalogue that is newer than its compiled file; return how many were."""
    compiled = 0
    for language, path in catalogues(folder):
        target = path.with_suffix(".mo")
        if not path.exists() or (target.exists() and target.stat().st_mtime_ns >= path.stat().st_mtime_ns):
            continue
        unfinished = target.with_suffix(".part")
        with unfinished.open("wb") as file:
            write_mo(file, read(path, language), use_fuzzy=False)
        unfinished.replace(target)
        compiled += 1
    return compiled


def update_all(folder: Path) -> None:
    """Add what is new in the sources to each catalogue, drop what is gone, keep the rest."""
    template = extracted()
    for language, path in catalogues(folder):
        catalogue = read(path, language)
        catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=100, sort_by_file=True, ignore_obsolete=True, include_lineno=False)


def is_translated(message: Message) -> bool:
    """Tell whether every form of the message has a translation that nobody doubts."""
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return all(strings) and not message.fuzzy


def faults(language: str, catalogue: Catalog, template: Catalog) -> Iterator[str]:
    """Say what is missing, stale, doubtful or wrongly filled in one catalogue."""

    def key(message: Message) -> tuple[Any, ...]:
        ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
        return (message.context, *ids)

    wanted = {key(message): message for message in template if message.id}
    present = {key(message): message for message in catalogue if message.id}
    for name in wanted:
        if name not in present or not is_translated(present[name]):
            where = ", ".join(path for path, _ in wanted[name].locations[:2])
            yield f"{language}: not translated: {wanted[name].id!r} ({where})"
    yield from (f"{language}: no longer in the sources: {present[name].id!r}" for name in present if name not in wanted)
    for message, errors in catalogue.check():
        yield from (f"{language}: {message.id!r}: {error}" for error in errors)


def check_all(folder: Path) -> int:
    """Print every fault of every catalogue; return how many there are."""
    template = extracted()
    found = [
        fault for language, path in catalogues(folder) for fault in faults(language, read(path, language), template)
    ]
    print("\n".join(found) or f"Translations: {len(template)} messages, none missing, none stale.")
    return len(found)


def main(command: str) -> int:
    """Run one command over ``locale/``; return the exit code."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    folder = ROOT / "locale"
    if command == "compile":
        compile_all(folder)
    elif command == "update":
        update_all(folder)
    elif command == "check":
        return 1 if check_all(folder) else 0
    else:
        sys.exit(f"{command}: say compile, update or check")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))

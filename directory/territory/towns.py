"""French towns with their postcodes and INSEE codes, shipped with Parvis: nothing is asked of anybody.

``data/`` is written by ``scripts/build_territory.py``.
"""

from __future__ import annotations

import gzip
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "data"


class Town(NamedTuple):
    """A commune of today."""

    insee: str
    name: str
    postcodes: tuple[str, ...]


@cache
def every_town() -> tuple[Town, ...]:
    """All towns, in the order of their codes; read once per process, in a tenth of a second."""
    with gzip.open(DATA / "towns.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return tuple(Town(insee, name, tuple(postcodes.split())) for insee, name, postcodes in rows)


@cache
def _by_postcode() -> Mapping[str, tuple[Town, ...]]:
    found: dict[str, list[Town]] = defaultdict(list)
    for town in every_town():
        for postcode in town.postcodes:
            found[postcode].append(town)
    return {postcode: tuple(sorted(towns, key=lambda town: folded(town.name))) for postcode, towns in found.items()}


def towns_at(postcode: str) -> tuple[Town, ...]:
    """The towns of a postcode, by name; none for a code that nobody knows."""
    return _by_postcode().get("".join(postcode.split()), ())


def town_at(postcode: str, name: str) -> Town | None:
    """The town of that name at that postcode, however it is written."""
    wanted = folded(name)
    return next((town for town in towns_at(postcode) if folded(town.name) == wanted), None)


@cache
def departements() -> tuple[tuple[str, str], ...]:
    """Code and name of each département and overseas collectivity, in the order of their codes."""
    lines = (DATA / "departements.tsv").read_text(encoding="utf-8").splitlines()
    return tuple((code, name) for code, name in (line.split("\t") for line in lines))


def folded(text: str) -> str:
    """A name without what people write in several ways: accents, hyphens, capitals, « St »."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    words = "".join(sign if sign.isalnum() else " " for sign in plain.replace("œ", "oe")).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)

"""Reading the data files, and ids that are the same at every loading."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import yaml

DEMO = Path(__file__).parents[1]
DATA = DEMO / "data"
NAMESPACE = UUID("5f0c1a52-3d0e-5d53-9a58-a5c1dc3c7a11")

Record = dict[str, Any]


@cache
def read(name: str) -> Any:
    """The content of ``data/<name>.yaml``; read once, changed by nobody."""
    with (DATA / f"{name}.yaml").open(encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)


def read_folder(name: str) -> Iterator[tuple[str, Any]]:
    """Name and content of each file of ``data/<name>/``, in alphabetical order."""
    for path in sorted((DATA / name).glob("*.yaml")):
        yield path.stem, read(f"{name}/{path.stem}")


def identity(*where: object) -> str:
    """A UUID for what stands at ``where`` in the data: block, choice, request."""
    return str(uuid5(NAMESPACE, "/".join(map(str, where))))

"""Rebuild the French towns and départements that ship with Parvis, from the package of Etalab.

    npm pack @etalab/decoupage-administratif
    tar xzf etalab-decoupage-administratif-*.tgz
    python scripts/build_territory.py package

The package (MIT licence) gathers the official geographical code of INSEE and the postcodes of
La Poste, both under the open licence of Etalab. Run it once a year, when INSEE publishes the
towns of the year; the result is the same to the byte for the same package.
"""

from __future__ import annotations

import gzip
import json
import shutil
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "directory" / "territory" / "data"


def build(package: Path) -> None:
    """Write ``towns.tsv.gz`` (INSEE code, name, postcodes), ``departements.tsv`` and the licence."""
    towns = json.loads((package / "data" / "communes.json").read_text(encoding="utf-8"))
    lines = sorted(
        f"{town['code']}\t{town['nom']}\t{' '.join(town['codesPostaux'])}\n"
        for town in towns
        if town["type"] == "commune-actuelle" and town.get("codesPostaux")
    )
    with (TARGET / "towns.tsv.gz").open("wb") as target:
        target.write(gzip.compress("".join(lines).encode(), compresslevel=9, mtime=0))
    departements = json.loads((package / "data" / "departements.json").read_text(encoding="utf-8"))
    rows = sorted(f"{row['code']}\t{row['nom']}\n" for row in departements)
    (TARGET / "departements.tsv").write_text("".join(rows), encoding="utf-8")
    shutil.copy(package / "LICENSE", TARGET / "LICENSE")
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    print(f"{len(lines)} towns, {len(rows)} départements, of version {version}")


if __name__ == "__main__":
    build(Path(sys.argv[1]))

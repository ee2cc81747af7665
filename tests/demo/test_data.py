"""The data files by themselves: complete, consistent, well set in French."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from demo.loading.data import DATA, DEMO, read, read_folder
from demo.loading.procedures import questions_of
from demo.loading.requests import MIXED
from demo.loading.translations import LANGUAGES

FRENCH = [path for path in sorted(DATA.rglob("*.yaml")) if path.parent.name != "translations"]
MAX_PICTURE_BYTES = 60_000


def texts(value: Any) -> Iterator[str]:
    """Every text of a file, keys apart."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("en", "ar", "phone"):
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


@pytest.mark.parametrize("path", FRENCH, ids=lambda path: path.stem)
def test_french_is_well_set(path: Path):
    for text in texts(read(str(path.relative_to(DATA).with_suffix("")))):
        assert not re.search(r"\w'\w", text), f"straight apostrophe: {text}"
        assert not re.search(r"(?<![-\s]) [;:?!%»](\s|$)", text), f"ordinary space before a sign: {text}"
        assert "« " not in text, f"ordinary space in quotation marks: {text}"
        assert not re.search(r"\d h\b", text.replace("\u00a0", "_")), f"breakable hour: {text}"


def test_the_city_has_what_it_promises():
    counts = {name: len(read(name)) for name in ("divisions", "departments", "places", "organisations", "news")}
    requests = sum(len(records) for _, records in read_folder("requests"))

    assert counts == {"divisions": 4, "departments": 9, "places": 25, "organisations": 40, "news": 10}
    assert len(read("events")) == 25
    assert len(list(read_folder("guides"))) == 4
    assert len(list(read_folder("procedures"))) == 7
    assert requests == 63


@pytest.mark.parametrize("name", ["departments", "places", "organisations", "news", "events", "staff", "residents"])
def test_keys_are_used_once(name):
    repeated = [key for key, count in Counter(record["key"] for record in read(name)).items() if count > 1]

    assert not repeated


def test_every_phone_address_and_number_is_invented():
    for record in [*read("departments"), *read("places"), *read("organisations")]:
        assert re.fullmatch(r"02 00 00 00 \d\d", record["phone"])
        assert record["email"].endswith("@valmarie.example")
    for record in read("residents"):
        assert re.fullmatch(r"(06 39 98|02 61 91) \d\d \d\d", record["phone"]), "numbers reserved for fiction"
        assert record["email"] == "" or record["email"].endswith("@courriel.example")


def test_every_procedure_has_a_way_without_internet_and_its_legal_settings():
    for key, record in read_folder("procedures"):
        assert "Par téléphone" in record["alternative"] or "De vive voix" in record["alternative"], key
        assert record["silence"]["effect"] in ("acceptance", "refusal", "none")
        assert record["announced_delay_days"] > 0
        assert 1 <= record["retention_months"] <= 60
        assert bool(record["remedies"]) == (record["silence"]["effect"] == "refusal"), key


def test_requests_answer_questions_that_exist():
    questions = {
        key: {question["key"] for question in questions_of(record)} for key, record in read_folder("procedures")
    }
    for name, records in read_folder("requests"):
        for record in records:
            known = questions[record["procedure"] if name == MIXED else name]
            assert set(record["answers"]) <= known
            assert set(record.get("files", {})) <= known


def test_every_picture_is_described_drawn_and_light():
    described = read("pictures")
    used = {record["picture"] for name in ("news", "events") for record in read(name) if "picture" in record}

    assert used <= set(described)
    for key, words in described.items():
        assert 40 <= len(words) <= 250
        assert (DEMO / "pictures" / f"{key}.webp").stat().st_size <= MAX_PICTURE_BYTES


def test_translations_say_each_language_once():
    seen: Counter[str] = Counter()
    for _, entries in read_folder("translations"):
        for entry in entries:
            seen[entry.get("fr") or entry["same"]] += 1
            assert "same" in entry or all(entry.get(code) for code in LANGUAGES), entry
    assert not [text for text, count in seen.items() if count > 1]

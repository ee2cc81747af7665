"""The examples of docs/plugins.md are whole files: they run, and keep the promises of their family."""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.utils.encoding import force_str

from cms.registry import Plugin
from procedures import plugins
from procedures.definition.importing.running import read_procedure
from procedures.inbox.services.filing import register_request
from procedures.inbox.tasks import sweep_outbox
from procedures.plugins import DraftProcedure, Question, Visit
from tests.factories.inbox import new_request
from tests.factories.procedures import make_procedure
from tests.procedures.fields import test_conformance, test_validators

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = re.split(r"^## ", (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
FAMILIES = {
    value.setting: value for value in vars(plugins).values() if isinstance(value, plugins.Registry)
}  # each registry of procedures/plugins.py


def example(family: str) -> str:
    """The one block of code of a family's chapter."""
    (chapter,) = [chapter for chapter in CHAPTERS if f"(`{family}`)" in chapter.partition("\n")[0]]
    (code,) = re.findall(r"^```python\n(.*?)^```", chapter, re.MULTILINE | re.DOTALL)
    return code


@pytest.fixture
def documented(settings, monkeypatch) -> Callable[[str], Any]:
    """Call it with a family: its example, installed by a line of the settings as the docs say."""

    def installed(family: str) -> Any:
        module = ModuleType(f"documented_{family.lower()}")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(compile(example(family), f"docs/plugins.md {family}", "exec", dont_inherit=True), vars(module))
        (made,) = [
            kind
            for kind in vars(module).values()
            if inspect.isclass(kind) and issubclass(kind, Plugin) and kind.__module__ == module.__name__
        ]
        setattr(settings, family, [*getattr(settings, family), f"{module.__name__}.{made.__name__}"])
        return FAMILIES[family][made.slug]

    return installed


def promises(module: ModuleType) -> Iterator[tuple[Callable[..., None], dict[str, Any]]]:
    """The conformance tests of a family that take one plugin, with each of their other parameters."""
    for name, test in vars(module).items():
        if not name.startswith("test_") or "kind" not in inspect.signature(test).parameters:
            continue
        marks = [mark for mark in test.pytestmark if mark.name == "parametrize" and mark.args[0] != "kind"]
        for values in product(*(mark.args[1] for mark in marks)):
            yield test, dict(zip((mark.args[0] for mark in marks), values, strict=True))


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_has_an_example_with_a_label_and_a_slug(documented, family):
    plugin = documented(family)
    assert re.fullmatch(r"[a-z0-9_]{1,30}", plugin.slug)
    assert force_str(plugin.label)


def test_the_type_of_question_keeps_every_promise(documented, time_machine):
    time_machine.move_to("2026-11-21 10:00:00+01:00", tick=False)
    kind = documented("FIELD_TYPES")
    kept = [(test, more) for test, more in promises(test_conformance) if "asks_nothing" not in test.__name__]
    assert len(kept) > 30
    for test, more in kept:
        test(kind=kind, **more)


def test_the_validator_keeps_every_promise(documented):
    kind = documented("VALIDATORS")
    kept = list(promises(test_validators))
    assert len(kept) >= 5
    for test, more in kept:
        test(kind=kind, **more)


def test_the_operator_compares(documented):
    operator = documented("OPERATORS")
    assert operator.holds("2026-114", "2026")
    assert not operator.holds("2025-114", "2026")
    for nothing in (None, "", [], False, 3):
        assert not operator.holds(nothing, "2026")


def test_the_source_knows_whoever_is_signed_in_and_nobody_else(documented, settings):
    settings.LIBRARY_CARDS = {"amelie@example.org": "L-204"}
    source = documented("PREFILL_SOURCES")
    value, origin = source.value("", Visit("carte", "fr", {"email": "amelie@example.org"}, {}))
    assert (value, force_str(origin)) == ("L-204", "Taken from your library card.")
    assert source.value("", Visit("carte", "fr", {}, {})) is None


def test_the_check_says_where_and_what(documented):
    part = Question(id="q", type="short_text", label="Quand ?", help="Aussi le dimanche.")
    draft = DraftProcedure({"announced_delay_days": 1}, [((0, "questions", 0), part)])
    check = documented("PROCEDURE_CHECKS")
    assert list(dict(check.find(draft))) == [(0, "questions", 0, "help_text"), ("announced_delay_days",)]
    assert list(check.find(DraftProcedure({"announced_delay_days": 5}, []))) == []


@pytest.mark.django_db
def test_the_importer_reads_a_file_into_a_procedure(documented):
    importer = documented("IMPORTERS")
    imported = read_procedure("# Prêt de chaises\nCombien ?\nPour quand ?\n".encode(), "chaises.txt", {}, None)
    questions = imported.content["steps"][0]["value"]["questions"]
    assert imported.content["title"] == "Prêt de chaises"
    assert [asked["value"]["label"] for asked in questions] == ["Combien ?", "Pour quand ?"]
    assert importer.read(b"<formdef/>", {}) is None


@pytest.mark.django_db
def test_the_delivery_receives_what_it_wants(documented, settings, tmp_path):
    settings.ROADS_FOLDER = str(tmp_path)
    documented("DELIVERIES")
    hole = make_procedure(title="Nid-de-poule", slug="signaler-un-nid-de-poule")
    request = register_request(new_request(hole))
    register_request(new_request())
    sweep_outbox()
    (written,) = tmp_path.iterdir()
    assert json.loads(written.read_text())["number"] == request.number


def test_the_figure_counts(documented):
    figure = documented("STATISTICS").figure({"decided": 4, "days": {0: 1, 7: 2, 8: 1}})
    assert (figure.value, figure.sample) == (75, 4)


def test_everything_an_author_reads_is_a_sitting_of_200_lines():
    assert len((ROOT / "procedures" / "plugins.py").read_text(encoding="utf-8").splitlines()) <= 200

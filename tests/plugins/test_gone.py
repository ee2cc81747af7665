"""What plugins wrote stays readable after they are retired, and even after their package is gone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import OrderedDict
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from parvis_bees.inspector import Inspector
from parvis_bees.keeper_number import KeeperNumber
from wagtail.admin.telepath import JSContext
from wagtail.test.utils.form_data import nested_form_data

from cms.accounts.models import User
from cms.registry import check_plugins
from procedures.definition import reading
from procedures.definition.blocks import StepsBlock
from procedures.definition.blocks.questions import QuestionsBlock, choices_of
from procedures.definition.blocks.steps import StepBlock
from procedures.definition.checking import draft_of
from procedures.definition.models import ProcedurePage
from procedures.filing.models import Draft
from procedures.inbox.models import ServiceRequest
from procedures.plugins import field_types, prefill_sources, procedure_checks
from tests.factories.editing import posted
from tests.factories.filing import Resident, typed
from tests.factories.procedures import block_id, condition, make_procedure, question, step

ROOT = Path(__file__).resolve().parents[2]
SEASON = {"type": "season", "id": block_id("season"), "value": {"first": "4", "last": "7"}}
STEPS = [
    step(
        "Vos ruches",
        question("keeper_number", "Numéro d’apiculteur", id="napi", shows_example=True),
        question("short_text", "Rucher", id="rucher"),
        question("date", "Essaimage", id="essaim", checks=[SEASON], required=False),
        question("short_text", "Nom", id="nom", condition=condition(("napi", "is", "A1234567")), required=False),
    )
]
ANSWERS = typed(napi="A1234567", rucher="Les Prés", essaim="", nom="")
LISTS = ("FIELD_TYPES", "VALIDATORS", "PREFILL_SOURCES", "DELIVERIES")


@pytest.fixture
def keeper(db) -> Resident:
    return Resident(make_procedure(*STEPS))


@pytest.fixture
def desk(client: Client, db) -> Client:
    client.force_login(User.objects.create_superuser("admin@valmarie.example", "p"))
    return client


def file(resident: Resident) -> ServiceRequest:
    resident.post("1", ANSWERS)
    resident.send()
    return ServiceRequest.objects.get()


@pytest.fixture
def retired(monkeypatch) -> None:
    monkeypatch.setattr(KeeperNumber, "retired", True)


@pytest.fixture
def uninstall(settings, monkeypatch) -> Any:
    """Call it: settings without the package, and a process that remembers nothing of it."""

    def without() -> None:
        for name in LISTS:
            setattr(settings, name, [path for path in getattr(settings, name) if "parvis_bees" not in path])
        monkeypatch.setattr(reading, "_kept", OrderedDict())

    return without


def freshly_made() -> StepsBlock:
    """The blocks of the editor, as a process that starts now makes them."""

    class Step(StepBlock):
        questions = QuestionsBlock(min_num=1)

    return StepsBlock([("step", Step())])


def is_offered(block: Any) -> bool:
    packed = json.dumps(JSContext().pack(block.child_blocks["step"].child_blocks["questions"]))
    return '"retired": ["absent"]' in packed and '"retired": ["absent", "keeper_number"]' not in packed


def test_a_retired_type_is_not_offered_any_more(db, monkeypatch):
    assert is_offered(StepsBlock())
    monkeypatch.setattr(KeeperNumber, "retired", True)
    assert not is_offered(StepsBlock())
    assert KeeperNumber.slug not in [kind.slug for kind in field_types.offered()]


def test_a_retired_source_stays_where_it_is(monkeypatch):
    monkeypatch.setattr(Inspector, "retired", True)
    assert choices_of(prefill_sources)[-1] == ("hive_inspector", "Inspector of hives (no longer offered)")


def test_a_retired_type_still_shows_asks_and_files(keeper, desk, retired):
    request = file(keeper)
    assert "A 1234567" in desk.get(reverse("inbox:request", args=[request.pk])).text
    page = ProcedurePage.objects.get()
    assert block_id("napi") in desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    page.save_revision().publish()
    assert ProcedurePage.objects.get().steps[0].value["questions"][0].block_type == "keeper_number"
    assert f'name="{block_id("napi")}"' in Resident(keeper.procedure).get("1").text


def test_an_old_request_stays_readable_without_the_package(keeper, desk, uninstall):
    request = file(keeper)
    uninstall()
    assert "A 1234567" in desk.get(reverse("inbox:request", args=[request.pk])).text
    followed = Client().get(reverse("tracking:request", args=[request.access_token]))
    assert followed.status_code == 200
    assert request.number in followed.text


def test_residents_go_on_without_the_question(keeper, uninstall):
    uninstall()
    page = keeper.get("1").text
    assert "Numéro d’apiculteur" in page
    assert "This cannot be asked online for the moment" in page or "pour le moment" in page
    assert f'name="{block_id("napi")}"' not in page
    request = file(keeper)
    assert [answer["shown"] for answer in request.answers] == ["Les Prés", ""]


def test_a_draft_begun_with_the_package_can_be_sent_without_it(keeper, uninstall):
    keeper.post("1", ANSWERS)
    uninstall()
    assert keeper.get("verifier").status_code == 200
    keeper.send()
    assert not Draft.objects.exists()
    assert ServiceRequest.objects.get().answers[0]["shown"] == "Les Prés"


def test_the_editor_keeps_the_question_for_the_day_the_package_is_back(uninstall, db):
    stored = json.loads(json.dumps(STEPS))
    uninstall()
    block = freshly_made()
    value = block.to_python(stored)
    absent = value[0].value["questions"][0]
    assert (absent.block_type, absent.value["label"]) == ("absent", "Numéro d’apiculteur")
    questions = block.get_prep_value(value)[0]["value"]["questions"]
    assert questions[0] == stored[0]["value"]["questions"][0]


def test_saving_in_the_editor_gives_the_question_back_untouched(uninstall, db):
    stored = json.loads(json.dumps(STEPS))[0]["value"]["questions"]
    uninstall()
    block = QuestionsBlock(min_num=1)
    shown = block.to_python(stored)
    shown[0].value["label"] = "Changé"
    posted_back = nested_form_data({"q": posted(block, shown)})
    saved = block.get_prep_value(block.clean(block.value_from_datadict(posted_back, {}, "q")))
    assert saved[0] == stored[0]
    assert [question["type"] for question in saved[1:]] == ["short_text", "date", "short_text"]


def test_what_is_kept_of_it_cannot_be_tampered_with(uninstall, db):
    uninstall()
    block = QuestionsBlock(min_num=1)
    shown = block.to_python(json.loads(json.dumps(STEPS))[0]["value"]["questions"])
    shown[0].value["kept"] = "[]"
    with pytest.raises(ValidationError):
        block.clean(block.value_from_datadict(nested_form_data({"q": posted(block, shown)}), {}, "q"))


def test_no_new_version_leaves_the_question_out(uninstall, keeper):
    uninstall()
    page = ProcedurePage.objects.get()
    page.steps = freshly_made().to_python(json.loads(json.dumps(STEPS)))
    (found,) = procedure_checks["installed"].find(draft_of(page))
    assert found[0] == (0, "questions", 0, "label")


def test_the_site_starts_without_the_package_and_says_so(tmp_path):
    blocker = (
        "import sys, importlib.abc\n"
        "class Gone(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] == 'parvis_bees':\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name.partition('.')[0])\n"
        "sys.meta_path.insert(0, Gone())\n"
        "from django.core.management import execute_from_command_line\n"
        "execute_from_command_line(['manage.py', 'check'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", blocker],
        cwd=ROOT,
        env=os.environ | {"PARVIS_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for name in LISTS:
        assert f"(plugins.W001) {name}: parvis_bees." in done.stderr


def test_a_mistake_in_an_installed_package_is_no_missing_package(settings):
    settings.VALIDATORS = ["parvis_bees.saison.Season"]
    with pytest.raises(ModuleNotFoundError):
        check_plugins()

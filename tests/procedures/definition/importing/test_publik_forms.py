"""The real forms of Publik: how much is converted, and that residents can file them."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from procedures.definition.importing.publik.formdef import read_form
from procedures.definition.importing.report import RESULTS
from procedures.definition.models import Procedure, ProcedurePage
from procedures.inbox.models import ServiceRequest
from tests.factories.procedures import make_department, make_index
from tests.procedures.definition.importing.resident import FillingResident

pytestmark = pytest.mark.django_db
FORMS = Path(__file__).resolve().parents[5] / "shared" / "data" / "publik-forms" / "formdefs"
FILES = sorted(FORMS.glob("*.wcs"))
needs_forms = pytest.mark.skipif(not FILES, reason=f"the real forms are not in {FORMS}")


def imported(*files):
    department = make_department()
    make_index()
    call_command("import_procedure", *files, department=department.slug)
    return list(ProcedurePage.objects.order_by("pk"))


@needs_forms
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_resident_files_the_imported_form(path):
    (page,) = imported(path)
    page.get_latest_revision().publish()
    procedure = Procedure.objects.get(key=page.translation_key)
    FillingResident(procedure, last=len(path.stem) % 2 == 1).fill_everything()
    assert ServiceRequest.objects.get().version.procedure == procedure


@needs_forms
def test_nearly_all_fields_and_most_conditions_are_converted_and_every_form_can_be_published(capsys):
    department = make_department()
    make_index()
    call_command("import_procedure", *FILES, department=department.slug, json=True, dry_run=True)
    told = json.loads(capsys.readouterr().out)["forms"]
    assert [report["file"] for report in told] == [path.name for path in FILES]
    for kind, least in (("fields", 0.97), ("conditions", 0.85)):
        counts = [report[kind] for report in told]
        assert all(count["total"] == sum(count[result] for result in RESULTS) for count in counts)
        assert sum(count["converted"] for count in counts) >= least * sum(count["total"] for count in counts)
    assert all(report["publishable"] for report in told)
    assert not ProcedurePage.objects.exists()
    for report in told:
        fields_left = [each for each in report["left"] if each["kind"] == "field"]
        assert len(fields_left) == report["fields"]["left"]
        assert all(each["why"] for each in report["left"] + report["approximated"])


@needs_forms
def test_every_input_field_of_the_files_is_counted(capsys):
    department = make_department()
    make_index()
    call_command("import_procedure", *FILES, department=department.slug, json=True, dry_run=True)
    told = json.loads(capsys.readouterr().out)["forms"]
    shown_only = {"page", "title", "subtitle", "comment", "computed"}
    for path, report in zip(FILES, told, strict=True):
        fields = read_form(path.read_bytes()).fields
        assert report["fields"]["total"] == sum(field.type not in shown_only for field in fields)
        posts = sum(len(field.post_conditions) for field in fields)
        assert report["conditions"]["total"] == posts + sum(field.condition is not None for field in fields)

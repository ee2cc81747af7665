"""The real forms of Publik: how much is converted, and that residents can file them."""

from pathlib import Path

import pytest
from django.core.management import call_command

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
def test_a_resident_files_the_imported_form(path, settings):
    (page,) = imported(path)
    page.get_latest_revision().publish()
    procedure = Procedure.objects.get(key=page.translation_key)
    address = FillingResident(procedure, last=len(path.stem) % 2 == 1).fill_everything()
    assert ServiceRequest.objects.get().procedure == procedure
    assert "/recu/" in address or address

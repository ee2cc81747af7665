"""A published procedure becomes a version, which never changes."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procedures.definition.models import ImmutableError, Procedure, ProcedurePage, ProcedureVersion
from tests.factories.procedures import block_id, condition, make_page, make_procedure, question, simple_steps, step

pytestmark = pytest.mark.django_db


def retitle(page: ProcedurePage, label: str) -> ProcedurePage:
    """Reword the first question and publish."""
    raw = simple_steps()
    raw[0]["value"]["questions"][0]["value"]["label"] = label
    page.steps = raw
    page.save_revision().publish()
    return ProcedurePage.objects.get(pk=page.pk)


def test_publishing_a_page_makes_its_first_version():
    procedure = make_procedure(title="Demander un acte", slug="demander-un-acte")
    assert (procedure.slug, procedure.current.number, procedure.is_open) == ("demander-un-acte", 1, True)
    definition = procedure.current.in_language("fr")
    assert [step.key for step in definition.steps] == ["1", "2"]
    assert definition.question_by_id[block_id("nom")].label == "Nom"
    assert definition.rules.department_id == procedure.department_id


def test_publishing_again_without_a_change_makes_no_version():
    page = make_page()
    page.save_revision().publish()
    assert ProcedureVersion.objects.count() == 1


def test_a_change_makes_a_new_version_and_leaves_the_old_one_as_it_was():
    page = make_page()
    first = Procedure.objects.get().current
    retitle(page, "Prénoms")
    procedure = Procedure.objects.get()
    assert procedure.current.number == 2
    assert procedure.current.in_language("fr").question_by_id[block_id("prenom")].label == "Prénoms"
    old = ProcedureVersion.objects.get(pk=first.pk)
    assert old.in_language("fr").question_by_id[block_id("prenom")].label == "Prénom"


def test_saving_a_draft_makes_no_version():
    page = make_page()
    page.title = "Autre titre"
    page.save_revision()
    assert Procedure.objects.get().current.number == 1


def test_a_version_can_be_neither_changed_nor_removed():
    version = make_procedure().current
    version.number = 7
    for forbidden in (
        version.save,
        version.delete,
        ProcedureVersion.objects.all().delete,
        lambda: ProcedureVersion.objects.update(number=7),
    ):
        with pytest.raises(ImmutableError):
            forbidden()


def test_renaming_the_page_keeps_the_address_of_the_procedure():
    page = make_page(slug="acte")
    page.slug, page.title = "acte-de-naissance", "Acte de naissance"
    page.save_revision().publish()
    procedure = Procedure.objects.get()
    assert (procedure.slug, procedure.title) == ("acte", "Acte de naissance")


def test_two_procedures_of_the_same_name_have_two_addresses():
    page = make_page(slug="acte")
    page.slug = "ancien-acte"
    page.save_revision().publish()
    make_page(slug="acte")
    assert set(Procedure.objects.values_list("slug", flat=True)) == {"acte", "acte-2"}


@pytest.mark.parametrize(("typed", "slug"), [("réserver-une-salle", "reserver-une-salle"), ("حجز-قاعة", "demarche")])
def test_the_address_of_a_procedure_is_made_of_plain_letters(typed: str, slug: str):
    assert make_procedure(slug=typed).slug == slug


def test_unpublishing_closes_the_procedure_and_publishing_opens_it_again():
    page = make_page()
    page.unpublish()
    assert not Procedure.objects.get().is_open
    assert not Procedure.objects.open().exists()
    page.save_revision().publish()
    assert Procedure.objects.open().count() == 1
    assert ProcedureVersion.objects.count() == 1


def test_deleting_the_page_closes_the_procedure_and_keeps_its_versions():
    page = make_page()
    page.delete()
    procedure = Procedure.objects.get()
    assert not procedure.is_open
    assert procedure.page is None
    assert procedure.versions.count() == 1


def test_a_page_that_no_resident_could_fill_in_is_not_published():
    steps = [step("Vous", question("short_text", "Nom", condition=condition(("absente", "is", "oui"))))]
    with pytest.raises(ValidationError):
        make_page(*steps)
    page = ProcedurePage.objects.get()
    assert not page.live
    assert not Procedure.objects.exists()


def test_a_version_is_read_once_per_process():
    version = make_procedure(step("Une fois", question("short_text", "Lue une seule fois"))).current
    version.in_language("fr")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        again = ProcedureVersion.objects.get(pk=version.pk)
        again.in_language("fr")
    assert len(queries) == 1
    assert "content" not in queries[0]["sql"]

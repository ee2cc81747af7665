"""Our own procedures as JSON, and back."""

from uuid import uuid4

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale

from procedures.definition.compiling import compile_page
from procedures.definition.importing.own import as_text
from procedures.definition.importing.running import read_procedure, save_draft
from procedures.definition.models import ProcedurePage
from procedures.plugins import field_types
from tests.factories.inbox import make_agent
from tests.factories.procedures import (
    ProcedurePageFactory,
    condition,
    make_department,
    make_index,
    question,
    section,
    step,
)

pytestmark = pytest.mark.django_db
WORDS = st.text(alphabet="abcdéèñ 'œ<&\"عربي", min_size=1, max_size=20).filter(lambda text: text.strip())


def compiled(page):
    others = ProcedurePage.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return compile_page(page, others.select_related("locale").order_by("locale_id"))


def taken_along(page, department):
    """The page after its way through a file."""
    data = as_text(page).encode()
    imported = read_procedure(data, "procedure.json", {}, department)
    assert imported.outcomes == []
    return save_draft(imported, department)


def every_type():
    """A procedure with a question of every type there is, in a section and in a group too."""
    questions = [_sample(kind) for kind in field_types if not kind.nests and not kind.retired]
    group = question("group", "Enfants", row_name="enfant", questions=[question("short_text", "Prénom")])
    last = question("long_text", "Pourquoi ?", condition=condition(("prenom", "is_answered")))
    return [
        step("Vous", question("short_text", "Votre prénom", id="prenom"), introduction="<p>Bonjour <b>vous</b></p>"),
        step("Tout", *questions),
        step("Ensemble", section("Enfants", group), last, condition=condition(("prenom", "is", "Zoé"))),
    ]


def items(*values):
    return [{"type": "item", "id": str(uuid4()), "value": value} for value in values]


def _sample(kind):
    if kind.slug == "linked_lists":
        categories = [{"label": name, "choices": items("Rouge", "Vert")} for name in ("Un", "Deux")]
        made = question(kind.slug, "Question linked_lists")
        made["value"]["choices"] = items(*categories)
        return made
    choices = ["Un", "Deux"] if "choices" in kind.option_blocks() else None
    return question(kind.slug, f"Question {kind.slug}", choices=choices)


def test_a_procedure_with_every_type_of_question_comes_back_identical():
    department = make_department()
    page = ProcedurePageFactory(parent=make_index(), department=department, steps=every_type())
    copy = taken_along(page, department)
    assert copy.pk != page.pk
    assert compiled(copy) == compiled(page)


def test_translations_come_along():
    department = make_department()
    index = make_index()
    page = ProcedurePageFactory(parent=index, department=department, retention_months=7)
    english = Locale.objects.get_or_create(language_code="en")[0]
    translated = page.copy_for_translation(english, copy_parents=True)
    translated.title, translated.introduction = "Birth certificate", "Ask for it."
    translated.save_revision().publish()
    copy = taken_along(page, department)
    assert compiled(copy)["texts"]["en"] == compiled(page)["texts"]["en"]
    assert compiled(copy) == compiled(page)


def routed(department):
    """A page with a route to another department and its agent, and a fee per child."""
    other = make_department("Voirie", slug="voirie")
    agent = make_agent(other)
    route = {"condition": condition(("prenom", "is", "Zoé")), "department": other.pk, "agent": agent.pk}
    fee = {"label": "Copie", "amount": "12.50", "times": "", "condition": condition()}
    return ProcedurePageFactory(
        parent=make_index(),
        department=department,
        steps=every_type(),
        routes=[{"type": "route", "id": str(uuid4()), "value": route}],
        fees=[{"type": "fee", "id": str(uuid4()), "value": fee}],
    )


def test_routes_and_fees_come_along():
    department = make_department()
    page = routed(department)
    copy = taken_along(page, department)
    assert len(copy.routes) == len(copy.fees) == 1
    assert compiled(copy) == compiled(page)


def test_a_department_or_an_agent_that_the_other_site_does_not_have_is_left_and_told():
    department = make_department()
    data = as_text(routed(department)).replace('"voirie"', '"elsewhere"').encode()
    imported = read_procedure(data, "procedure.json", {}, department)
    (told,) = imported.outcomes
    assert "elsewhere" in told.why
    assert save_draft(imported, department).routes[0].value["department"] is None


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    titles=st.lists(WORDS, min_size=1, max_size=3, unique_by=lambda text: " ".join(text.split()).casefold()),
    labels=st.lists(WORDS, min_size=1, max_size=5, unique_by=lambda text: " ".join(text.split()).casefold()),
    required=st.booleans(),
)
def test_whatever_the_words_the_form_comes_back_identical(titles, labels, required):
    department = make_department()
    steps = [step(title, *[question("short_text", label, required=required) for label in labels]) for title in titles]
    page = ProcedurePageFactory(parent=make_index(), department=department, steps=steps)
    assert compiled(taken_along(page, department)) == compiled(page)


def test_the_command_writes_what_the_other_command_reads(tmp_path, capsys):
    department = make_department()
    page = ProcedurePageFactory(parent=make_index(), department=department, slug="acte")
    path = tmp_path / "acte.json"
    call_command("export_procedure", "acte", output=path)
    call_command("import_procedure", path, department=department.slug)
    assert "acte-2" in capsys.readouterr().out
    copy = ProcedurePage.objects.get(slug="acte-2")
    assert not copy.live
    assert compiled(copy) == compiled(page)


def test_importing_twice_makes_two_drafts_at_two_addresses(tmp_path):
    department = make_department()
    page = ProcedurePageFactory(parent=make_index(), department=department, slug="acte")
    assert [taken_along(page, department).slug for _ in range(2)] == ["acte-2", "acte-3"]
    make_index().refresh_from_db()
    assert ProcedurePage.objects.filter(live=False).count() == 2

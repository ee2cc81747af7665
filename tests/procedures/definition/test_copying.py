"""Procedures made from a template or from another one."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Locale

from cms.accounts.models import User
from cms.accounts.roles import DEPARTMENT_EDITORS
from directory.models import Department, DepartmentMember
from procedures.definition.copying import begin_from, blueprints, copy_procedure
from procedures.definition.drafts import compile_draft, source_of
from procedures.definition.importing.drafting import publishing_problems
from procedures.definition.models import Procedure, ProcedurePage, Scenario
from procedures.definition.scenario_services import results_for
from tests.factories.inbox import make_agent
from tests.factories.procedures import block_id, make_department, make_index, make_page, route, simple_steps
from tests.factories.trials import Author

pytestmark = pytest.mark.django_db
EVERY = pytest.mark.parametrize("blueprint", blueprints(), ids=lambda one: one.slug)


@pytest.fixture
def author() -> User:
    return User.objects.create_superuser("autrice@valmarie.example", "p")


def test_there_are_templates_and_each_says_what_it_is_for():
    assert len(blueprints()) == 5
    assert all(one.title and one.introduction and one.steps for one in blueprints())


@EVERY
def test_a_template_makes_a_draft_that_can_be_published_as_it_is(blueprint, author):
    make_index()
    page = begin_from(blueprint, make_department(), author)
    assert not page.live
    assert publishing_problems(page) == []
    page.get_latest_revision().publish()
    assert Procedure.objects.get().title == blueprint.title


@EVERY
def test_a_template_used_twice_makes_two_procedures(blueprint, author):
    make_index()
    first, second = (begin_from(blueprint, make_department(), author) for _ in range(2))
    assert first.slug != second.slug
    assert first.translation_key != second.translation_key


def test_the_list_of_procedures_leads_to_the_templates(author, client: Client):
    index, department = make_index(), make_department()
    client.force_login(author)
    assert "/admin/demarches/modeles/" in client.get(f"/admin/pages/{index.pk}/").text
    answer = client.post("/admin/demarches/modeles/", {"template": "signalement", "department": department.pk})
    page = ProcedurePage.objects.get()
    assert answer.headers["Location"] == f"/admin/pages/{page.pk}/edit/"
    assert page.department == department


@pytest.fixture
def page() -> ProcedurePage:
    """With a scenario and a draft that is ahead of what is published."""
    department = make_department()
    page = make_page(*simple_steps(), department=department, title="Acte", routes=[route(agent=make_agent(department))])
    author = Author(page)
    trial = author.begin()
    author.post(trial, "1", prenom="Nadia", nom="Martin", email="n@example.org", phone="")
    author.post(trial, "2", document=block_id("Extrait"), urgent="no")
    author.keep(trial, "Un extrait")
    page.introduction = "En cours d’écriture."
    page.save_revision()
    return page


def test_a_copy_is_a_draft_of_its_own_with_the_questions_and_scenarios(page):
    user, other = User.objects.get(email="autrice@valmarie.example"), make_department("Culture")
    copy = copy_procedure(page.get_latest_revision_as_object(), "Acte bis", other, user)
    copy = ProcedurePage.objects.get(pk=copy.pk)
    assert (copy.live, copy.slug, copy.department) == (False, "acte-bis", other)
    assert copy.translation_key != page.translation_key
    assert copy.get_latest_revision_as_object().introduction == "En cours d’écriture."
    assert [step.id for step in copy.steps] == [step.id for step in page.steps]
    assert Scenario.objects.of(copy.translation_key).get().name == "Un extrait"
    [result] = results_for(copy.translation_key, compile_draft(source_of(copy)))
    assert result.differences == ()


def test_translations_are_copied_as_translations_of_the_copy(page):
    english = Locale.objects.get_or_create(language_code="en")[0]
    page.copy_for_translation(english, copy_parents=True)
    user = User.objects.get(email="autrice@valmarie.example")
    copy = copy_procedure(page, "Acte bis", make_department(), user)
    family = ProcedurePage.objects.filter(translation_key=copy.translation_key)
    assert set(family.values_list("locale__language_code", flat=True)) == {"fr", "en"}
    assert not family.filter(live=True).exists()


def test_the_copy_of_wagtail_leads_to_ours(page, client: Client):
    client.force_login(User.objects.get(email="autrice@valmarie.example"))
    ours = f"/admin/demarches/{page.pk}/copier/"
    assert client.get(f"/admin/pages/{page.pk}/copy/").headers["Location"] == ours
    department = make_department()
    client.post(ours, {"title": "Acte bis", "department": department.pk})
    assert ProcedurePage.objects.get(title="Acte bis").department == department


def test_a_bound_editor_copies_for_their_own_departments_alone(page, client: Client):
    own: Department = page.department
    editor = User.objects.create_user("editrice@valmarie.example", "p")
    editor.groups.add(Group.objects.get(name=DEPARTMENT_EDITORS))
    DepartmentMember.objects.create(department=own, user=editor, role=DepartmentMember.Role.EDITOR)
    client.force_login(editor)
    url = f"/admin/demarches/{page.pk}/copier/"
    assert client.post(url, {"title": "Ailleurs", "department": make_department().pk}).status_code == 200
    assert not ProcedurePage.objects.filter(title="Ailleurs").exists()
    assert client.post(url, {"title": "Ici", "department": own.pk}).status_code == 302
    foreign = make_page(title="Autre", slug="autre")
    assert client.get(f"/admin/demarches/{foreign.pk}/copier/").status_code in (302, 403)

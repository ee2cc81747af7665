"""The importer and the export in the admin."""

import json

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cms.accounts.models import User
from cms.accounts.roles import AGENTS, DEPARTMENT_EDITORS
from directory.models import DepartmentMember
from procedures.definition.models import ProcedurePage
from tests.factories.procedures import make_department, make_index, make_page
from tests.procedures.definition.importing.forms import field, form, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    make_index()
    return make_department()


@pytest.fixture
def client(department):
    return signed_in(DEPARTMENT_EDITORS, department)


def signed_in(group, department):
    user = User.objects.create_user(f"{group[:3]}@valmarie.example".lower(), "p")
    user.groups.add(Group.objects.get(name=group))
    DepartmentMember.objects.create(department=department, user=user, role=DepartmentMember.Role.EDITOR)
    client = Client()
    client.force_login(user)
    return client


def send(client, data, department, *beside):
    files = [SimpleUploadedFile(name, content) for name, content in beside]
    sent = {"file": SimpleUploadedFile("form.wcs", data), "department": department.pk, "beside": files}
    return client.post(reverse("procedure_import"), sent)


def test_a_departments_editor_imports_a_form_and_is_led_to_the_draft(client, department):
    data = form(page("Vous"), field("string", "Nom"), field("hologram", "Avatar"), name="Demande de badge")
    answer = send(client, data, department)
    draft = ProcedurePage.objects.get()
    html = answer.content.decode()
    assert (draft.title, draft.live, draft.department) == ("Demande de badge", False, department)
    assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in html
    assert "Avatar" in html
    assert "hologram" in html


def test_the_blocks_that_go_with_a_form_are_sent_with_it(client, department):
    block = form(field("string", "Race"), field("bool", "Pucé", required=False), kind="block", name="Chien")
    data = form(page("Chiens"), field("block:un_bloc", "Vos chiens", max_items="4"))
    send(client, data, department, ("chien.wcs", block))
    group = ProcedurePage.objects.get().steps[0].value["questions"][0]
    assert group.block_type == "group"
    assert [inner.value["label"] for inner in group.value["questions"]] == ["Race", "Pucé"]


def test_a_file_that_cannot_be_read_is_said_beside_its_field(client, department):
    answer = send(client, b"<!DOCTYPE f SYSTEM 'x'><formdef/>", department)
    assert answer.status_code == 200
    assert "file" in answer.context["form"].errors
    assert not ProcedurePage.objects.exists()


def test_nobody_imports_for_a_department_they_do_not_write_for(client, department):
    answer = send(client, form(page("Vous"), field("string", "Nom")), make_department("Voirie"))
    assert "department" in answer.context["form"].errors
    assert not ProcedurePage.objects.exists()


def test_whoever_may_not_add_procedures_sees_no_import(department):
    agent = signed_in(AGENTS, department)
    assert agent.get(reverse("procedure_import")).status_code in (302, 403)
    assert send(agent, form(page("Vous"), field("string", "Nom")), department).status_code in (302, 403)
    assert not ProcedurePage.objects.exists()


def test_the_list_of_procedures_leads_to_the_import(client):
    html = client.get(reverse("wagtailadmin_explore", args=[make_index().pk])).content.decode()
    assert reverse("procedure_import") in html
    assert client.get(reverse("procedure_import")).status_code == 200


def test_a_procedure_leaves_as_a_file_that_comes_back(client, department):
    own = make_page(department=department, title="La nôtre")
    answer = client.get(reverse("procedure_export", args=[own.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert json.loads(answer.content)["title"] == "La nôtre"
    send(client, answer.content, department)
    assert ProcedurePage.objects.filter(title="La nôtre").count() == 2


def test_nobody_exports_another_departments_procedure(client, department):
    other = make_page(department=make_department("Voirie"), title="Celle des autres")
    assert client.get(reverse("procedure_export", args=[other.pk])).status_code in (302, 403)

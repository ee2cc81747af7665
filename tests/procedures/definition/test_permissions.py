"""A department's editor writes the procedures of that department, and nothing else."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page

from cms.accounts.models import User
from cms.accounts.roles import COMMUNICATIONS, DEPARTMENT_EDITORS
from directory.models import Department, DepartmentMember
from procedures.definition.models import ProcedurePage
from tests.factories.procedures import make_department, make_index, make_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def department() -> Department:
    make_index()
    return make_department()


@pytest.fixture
def editor(department: Department) -> User:
    user = User.objects.create_user("editrice@valmarie.example", "p")
    user.groups.add(Group.objects.get(name=DEPARTMENT_EDITORS))
    DepartmentMember.objects.create(department=department, user=user, role=DepartmentMember.Role.EDITOR)
    return user


@pytest.fixture
def own(department: Department) -> ProcedurePage:
    return make_page(department=department, title="La nôtre")


@pytest.fixture
def other(department: Department) -> ProcedurePage:
    return make_page(department=make_department("Voirie"), title="Celle des autres")


def test_an_editor_may_edit_and_publish_a_procedure_of_the_department(editor: User, own: ProcedurePage):
    may = own.permissions_for_user(editor)
    assert may.can_edit()
    assert may.can_publish()
    assert may.can_unpublish()


def test_an_editor_may_do_nothing_with_another_department_s(editor: User, other: ProcedurePage):
    may = other.permissions_for_user(editor)
    assert not any(
        (
            may.can_edit(),
            may.can_publish(),
            may.can_unpublish(),
            may.can_delete(),
            may.can_move(),
            may.can_copy(),
            may.can_lock(),
            may.can_unlock(),
            may.can_submit_for_moderation(),
            may.can_view_revisions(),
        )
    )


def test_an_agent_s_role_in_the_department_writes_nothing(editor: User, own: ProcedurePage):
    DepartmentMember.objects.filter(user=editor).update(role=DepartmentMember.Role.AGENT)
    assert not own.permissions_for_user(editor).can_edit()


@pytest.mark.parametrize(
    "address",
    [
        "edit/",
        "delete/",
        "unpublish/",
        "move/",
        "copy/",
        "history/",
        "edit/preview/",
        "convert_alias/",
        "privacy/",
    ],
)
def test_no_address_of_the_admin_lets_an_editor_change_another_s(
    client: Client, editor: User, other: ProcedurePage, address: str
):
    client.force_login(editor)
    answer = client.get(f"/admin/pages/{other.pk}/{address}")
    assert answer.status_code in (302, 403, 404)
    before = ProcedurePage.objects.values().get(pk=other.pk)
    client.post(f"/admin/pages/{other.pk}/{address}", {"title": "Volée", "new_title": "Volée", "new_slug": "volee"})
    assert ProcedurePage.objects.values().get(pk=other.pk) == before


@pytest.mark.parametrize("address", ["edit/", "delete/", "unpublish/", "copy/", "history/"])
def test_the_same_addresses_open_for_the_department_s_own(
    client: Client, editor: User, own: ProcedurePage, address: str
):
    client.force_login(editor)
    assert client.get(f"/admin/pages/{own.pk}/{address}", follow=True).status_code == 200


@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
def test_no_bulk_action_reaches_another_s(client: Client, editor: User, other: ProcedurePage, action: str):
    client.force_login(editor)
    client.post(f"/admin/bulk/wagtailcore/page/{action}/?id={other.pk}", {"chooser": make_index().pk})
    page = ProcedurePage.objects.get(pk=other.pk)
    assert page.live
    assert page.path == other.path


def test_the_tree_shows_an_editor_only_their_own(
    client: Client, editor: User, own: ProcedurePage, other: ProcedurePage
):
    client.force_login(editor)
    text = client.get(f"/admin/pages/{make_index().pk}/").content.decode()
    assert own.title in text
    assert other.title not in text


def test_an_editor_may_add_a_procedure_for_the_department_only(client: Client, editor: User, department: Department):
    elsewhere = make_department("Voirie")
    client.force_login(editor)
    answer = client.get(f"/admin/pages/add/definition/procedurepage/{make_index().pk}/")
    assert answer.status_code == 200
    offered = list(answer.context["form"].fields["department"].queryset)
    assert department in offered
    assert elsewhere not in offered


def test_an_editor_cannot_touch_other_kinds_of_pages(editor: User):
    index = make_index()
    home = index.get_parent().specific
    may = index.permissions_for_user(editor)
    assert may.can_add_subpage()
    assert may.can_publish_subpage()
    assert not any((may.can_edit(), may.can_delete(), may.can_unpublish(), may.can_reorder_children()))
    above = home.permissions_for_user(editor)
    assert not any((above.can_edit(), above.can_add_subpage(), above.can_publish()))


def test_an_editor_of_two_departments_may_hand_a_procedure_over(editor: User, own: ProcedurePage):
    second = make_department("Voirie")
    own.department = second
    assert not own.permissions_for_user(editor).can_publish()
    DepartmentMember.objects.create(department=second, user=editor, role=DepartmentMember.Role.EDITOR)
    assert own.permissions_for_user(editor).can_publish()


def test_a_communications_editor_edits_every_procedure(other: ProcedurePage):
    user = User.objects.create_user("com@valmarie.example", "p")
    user.groups.add(Group.objects.get(name=COMMUNICATIONS), Group.objects.get(name=DEPARTMENT_EDITORS))
    assert Page.objects.get(pk=other.pk).specific.permissions_for_user(user).can_edit()

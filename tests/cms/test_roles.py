"""Each role may do its work and no more."""

from __future__ import annotations

import pytest
from wagtail.models import Page, Workflow

from cms.accounts.models import User
from cms.accounts.roles import ADMINISTRATORS, AGENTS, COMMUNICATIONS, DEPARTMENT_EDITORS, ROLES, role, sync_roles
from tests.factories.pages import SectionPageFactory, build_city

pytestmark = pytest.mark.django_db


def member(name: str) -> User:
    user = User.objects.create_user(f"{name.lower().replace(' ', '-')}@valmarie.example", is_staff=True)
    user.groups.add(role(name))
    return user


@pytest.mark.parametrize("name", ROLES)
def test_every_role_enters_the_admin(name):
    assert member(name).has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize(
    ("name", "may"), [(COMMUNICATIONS, True), (ADMINISTRATORS, True), (DEPARTMENT_EDITORS, False), (AGENTS, False)]
)
def test_only_communications_and_administrators_publish_sections(name, may):
    section = SectionPageFactory(parent=build_city())
    permissions = section.permissions_for_user(member(name))
    assert permissions.can_edit() is may
    assert permissions.can_publish() is may


def test_only_administrators_change_the_city_and_the_users():
    assert member(ADMINISTRATORS).has_perms(["pages.change_citysettings", "accounts.change_user"])
    for name in (COMMUNICATIONS, DEPARTMENT_EDITORS, AGENTS):
        user = member(name)
        assert not user.has_perm("pages.change_citysettings")
        assert not user.has_perm("accounts.change_user")


def test_pages_may_be_read_over_before_publication():
    assert Page.objects.get(depth=1).get_workflow() == Workflow.objects.get()


def test_syncing_again_changes_nothing():
    before = {name: set(role(name).permissions.values_list("pk", flat=True)) for name in ROLES}
    sync_roles()
    assert {name: set(role(name).permissions.values_list("pk", flat=True)) for name in ROLES} == before
    assert Workflow.objects.count() == 1

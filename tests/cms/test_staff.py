"""Administrators make accounts in the admin: an e-mail address, a name, a capacity, roles."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms.accounts.models import User
from cms.accounts.roles import ADMINISTRATORS, AGENTS, role

pytestmark = pytest.mark.django_db

PASSWORD = "Un-mot-de-passe-42"


@pytest.fixture
def administrator(client) -> User:
    user = User.objects.create_user("admin@valmarie.example", PASSWORD, is_staff=True)
    user.groups.add(role(ADMINISTRATORS))
    client.force_login(user)
    return user


def typed(**changes: object) -> dict[str, object]:
    return {
        "email": "nadia@valmarie.example",
        "first_name": "Nadia",
        "last_name": "Benali",
        "capacity": "officière d’état civil",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "groups": [role(AGENTS).pk],
    } | changes


def test_an_account_is_made_with_its_capacity_and_role(client, administrator):
    assert client.post(reverse("wagtailusers_users:add"), typed()).status_code == 302
    user = User.objects.get(email="nadia@valmarie.example")
    assert user.capacity == "officière d’état civil"
    assert user.has_perm("inbox.view_servicerequest")


def test_an_address_has_one_account_whatever_its_case(client, administrator):
    client.post(reverse("wagtailusers_users:add"), typed())
    response = client.post(reverse("wagtailusers_users:add"), typed(email="Nadia@Valmarie.example"))
    assert response.status_code == 200
    assert User.objects.filter(email__iexact="nadia@valmarie.example").count() == 1


def test_a_short_password_is_refused(client, administrator):
    response = client.post(reverse("wagtailusers_users:add"), typed(password1="court", password2="court"))
    assert response.status_code == 200
    assert not User.objects.filter(email="nadia@valmarie.example").exists()


def test_one_logs_in_with_the_address_in_any_case(client, administrator):
    client.logout()
    response = client.post(reverse("wagtailadmin_login"), {"username": "ADMIN@valmarie.example", "password": PASSWORD})
    assert response.status_code == 302

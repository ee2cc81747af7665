"""Accounts: the town's staff, and a resident."""

from __future__ import annotations

import secrets

from cms.accounts.models import User
from cms.accounts.roles import ADMINISTRATORS, AGENTS, COMMUNICATIONS, DEPARTMENT_EDITORS, ELECTED, role
from demo.loading.city import City
from demo.loading.data import Record, read
from directory.models import DepartmentMember

ROLES = {
    "administrator": (ADMINISTRATORS,),
    "communications": (COMMUNICATIONS,),
    "department_editor": (DEPARTMENT_EDITORS, AGENTS),
    "agent": (AGENTS,),
    "elected": (ELECTED,),
}
PASSWORD_BYTES = 15  # 20 characters: 120 bits


def load(city: City) -> None:
    """Make the accounts; those with a login get a random password, nobody else can log in."""
    for record in read("staff"):
        user = _make(city, record, is_staff=True, is_superuser=record["role"] == "administrator")
        user.groups.set([role(name) for name in ROLES[record["role"]]])
        for kind in record.get("as", []):
            department = city.departments[record["department"]]
            DepartmentMember.objects.create(user=user, department=department, role=kind)
        city.staff[record["key"]] = user
    _make(city, resident())
    city.say(f"{len(city.staff)} members of staff, 1 resident")


def renew_logins() -> dict[str, dict[str, str]]:
    """Give the demo accounts of a loaded city new passwords; nothing where there are none."""
    logins = {}
    for record in [*read("staff"), resident()]:
        user = User.objects.filter(email=record["email"]).first() if "login" in record else None
        if user is not None:
            logins[record["login"]] = _set_password(user)
            user.save(update_fields=["password"])
    return logins


def resident() -> Record:
    """The resident who has an account."""
    return read("residents")[0] | {"login": "resident", "capacity": ""}


def _set_password(user: User) -> dict[str, str]:
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    user.set_password(password)
    return {"email": user.email, "password": password}


def _make(city: City, record: Record, *, is_staff: bool = False, is_superuser: bool = False) -> User:
    user = User(
        email=record["email"],
        first_name=record["first_name"],
        last_name=record["last_name"],
        capacity=record["capacity"],
        is_staff=is_staff,
        is_superuser=is_superuser,
    )
    if "login" in record:
        city.logins[record["login"]] = _set_password(user)
    else:
        user.set_unusable_password()
    user.full_clean()
    user.save()
    return user

"""Agents for the bench, with their sessions: ``python -m tests.bench.staff 50`` prints a cookie for each, as JSON."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from cms.accounts.models import User
from cms.accounts.roles import AGENTS, role
from directory.models import Department, DepartmentMember

TOKEN = "b" * 32
"""Of forms: the same in the cookie and in what is posted, which is all that Django compares."""


def hire(count: int) -> list[str]:
    """Make agents, spread over the departments that answer requests; return the cookies of their sessions."""
    departments = list(Department.objects.source().filter(requests__isnull=False).distinct().order_by("pk"))
    store = import_module(settings.SESSION_ENGINE).SessionStore
    cookies = []
    for number in range(count):
        agent, made = User.objects.get_or_create(
            email=f"bench{number}@valmarie.example", defaults={"first_name": "Banc", "last_name": f"N° {number}"}
        )
        if made:
            agent.is_staff = True
            agent.set_unusable_password()
            agent.save()
            agent.groups.add(role(AGENTS))
            department = departments[number % len(departments)]
            DepartmentMember.objects.create(user=agent, department=department, role=DepartmentMember.Role.AGENT)
        session = store()
        session[SESSION_KEY] = str(agent.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = agent.get_session_auth_hash()
        session.save()
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={TOKEN}")
    return cookies


if __name__ == "__main__":
    print(json.dumps(hire(int(sys.argv[1]))))

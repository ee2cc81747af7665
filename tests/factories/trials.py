"""Trials, for tests."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client

from cms.accounts.models import User
from procedures.definition.models import ProcedurePage, Trial
from procedures.filing.models import Draft
from tests.factories.procedures import block_id


class Author:
    """Somebody who writes procedures, tries one, and fills it in."""

    def __init__(self, page: ProcedurePage) -> None:
        self.page = page
        self.user = User.objects.create_superuser("autrice@valmarie.example", "p")
        self.client = Client()
        self.client.force_login(self.user)

    def admin(self, screen: str, **posted: Any) -> HttpResponse:
        """Open a screen about the procedure, or post to it."""
        url = f"/admin/demarches/{self.page.pk}/{screen}/"
        return self.client.post(url, posted) if posted else self.client.get(url)

    def begin(self) -> Trial:
        """Begin a trial of the saved draft."""
        assert self.admin("essayer", go="1").status_code == 302
        return Trial.objects.latest("pk")

    def url(self, trial: Trial, step: str, prefix: str = "") -> str:
        """The address of a step of the trial."""
        return f"{prefix}/remplir/{trial.slug}/{step}/"

    def post(self, trial: Trial, step: str, **answers: Any) -> HttpResponse:
        """Fill in a step; answers under the short names of their questions."""
        posted = {block_id(name): value for name, value in answers.items()}
        return self.client.post(self.url(trial, step), posted, headers={"Origin": "http://testserver"})

    def keep(self, trial: Trial, name: str) -> HttpResponse:
        """Keep the trial as a scenario."""
        return self.client.post(
            self.url(trial, "verifier"), {"scenario": name}, headers={"Origin": "http://testserver"}
        )

    def draft(self, trial: Trial) -> Draft:
        """What was filled in."""
        return Draft.objects.get(trial=trial)

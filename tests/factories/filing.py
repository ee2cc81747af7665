"""A resident's browser, and drafts, for tests."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from procedures.definition.models import Procedure
from procedures.filing.models import Draft
from tests.factories.procedures import block_id, condition, make_procedure, question, step

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def a_pdf(name: str = "acte.pdf") -> SimpleUploadedFile:
    """A small real file."""
    return SimpleUploadedFile(name, PDF, "application/pdf")


def typed(**answers: Any) -> dict[str, Any]:
    """A post: answers under the short names of their questions (see ``block_id``)."""
    return {block_id(name): value for name, value in answers.items()}


def make_birth_procedure() -> Procedure:
    """Four screens: who, what with a condition, documents if needed, summary."""
    return make_procedure(
        step(
            "Vous",
            question("short_text", "Prénom", id="prenom", purpose="given-name"),
            question("short_text", "Nom", id="nom", purpose="family-name"),
            question("email", "Adresse électronique", id="email"),
            question("phone", "Téléphone", id="phone", required=False),
        ),
        step(
            "Votre demande",
            question("one_choice", "Quel document ?", id="document", choices=["Copie intégrale", "Extrait"]),
            question("yes_no", "Est-ce urgent ?", id="urgent"),
            question("long_text", "Pourquoi ?", id="pourquoi", condition=condition(("urgent", "is", "yes"))),
        ),
        step(
            "Justificatifs",
            question("file", "Pièce d’identité", id="piece"),
            question("date", "Date de naissance", id="naissance"),
            condition=condition(("document", "is", "id:Copie intégrale")),
        ),
        title="Demande d’acte de naissance",
        slug="acte-de-naissance",
    )


WHO = typed(prenom="Nadia", nom="Martin", email="nadia@example.org", phone="")
EXTRACT = typed(document=block_id("Extrait"), urgent="no")
COPY = typed(document=block_id("Copie intégrale"), urgent="no")


def asked_in(page: str) -> set[str]:
    """Names of the fields that a page asks without any script: not those of hidden questions."""
    soup = BeautifulSoup(page, "html.parser")
    fields = soup.select("form.form [name]")
    return {field["name"] for field in fields if not field.find_parent("fieldset", disabled=True)}


class Resident:
    """Fills in a procedure with a browser without JavaScript."""

    def __init__(self, procedure: Procedure, prefix: str = "") -> None:
        self.procedure, self.prefix = procedure, prefix
        self.client = Client(enforce_csrf_checks=True)

    def url(self, step: str) -> str:
        """The address of a step."""
        return f"{self.prefix}/remplir/{self.procedure.slug}/{step}/"

    def get(self, step: str) -> HttpResponse:
        """Open a step."""
        return self.client.get(self.url(step))

    def post(self, step: str, data: dict[str, Any] | None = None, **more: Any) -> HttpResponse:
        """Send a step."""
        return self.client.post(self.url(step), {**(data or {}), **more}, headers={"Origin": "http://testserver"})

    def answer_everything(self) -> None:
        """All that the shortest way through asks."""
        self.post("1", WHO)
        self.post("2", EXTRACT)

    def send(self) -> HttpResponse:
        """Certify and send."""
        return self.post("verifier", declaration="on")

    def draft(self) -> Draft:
        """The draft in this browser, which must be the only one."""
        return Draft.objects.get()

"""A resident who fills in whatever a form asks, without JavaScript, from what the page itself shows."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from procedures.definition.models import Procedure
from procedures.filing.journey import SUMMARY
from tests.factories.filing import Resident

TYPED = [
    "Rue des Lilas",
    "1",
    "12",
    "1234",
    "12345",
    "0470123456",
    "+33612345678",
    "nadia@example.org",
    "14/07/1990",
    "14/07/2031",
    "85.07.30-033.28",
    "BE68 5390 0754 7034",
    "https://exemple.be/page",
    "10:30",
    "BE0403170701",
    "73282932000074",
    "49000",
    "732829320",
    "AB-123-CD",
    "50.5",
    "4.35",
    "47.4712, -0.5518",
]
"""What is tried in a field of text, one after the other, until the form takes it."""
GUESSES = {
    "email": "nadia@example.org",
    "phone": "+33612345678",
    "date": "14/07/1990",
    "iban": "BE68 5390 0754 7034",
    "siret": "73282932000074",
    "whole_number": "12",
}
"""What is tried first, by type of question."""
MOST_TRIES = len(TYPED) + 2


def a_picture() -> SimpleUploadedFile:
    """A small real file that every question for files takes."""
    written = BytesIO()
    Image.new("RGB", (4, 4), "teal").save(written, "PNG")
    return SimpleUploadedFile("photo.png", written.getvalue(), "image/png")


class StuckError(AssertionError):
    """The form cannot be filled in; says where and why."""


class FillingResident(Resident):
    """Answers every question of every step; ``last`` chooses the last of the choices instead of the first."""

    def __init__(self, procedure: Procedure, *, last: bool = False) -> None:
        super().__init__(procedure)
        self.last = last
        self.seen: list[str] = []
        self.sent: set[str] = set()
        questions = procedure.current.in_language("fr").questions()
        self.guesses = {question.id: GUESSES[question.type] for question in questions if question.type in GUESSES}

    def fill_everything(self) -> str:
        """Go through to the end and send; the address of the receipt."""
        key = self.procedure.current.in_language("fr").steps[0].key
        answer = self.client.get(self.url(key), follow=True)
        address = answer.redirect_chain[-1][0] if answer.redirect_chain else self.url(key)
        while not address.rstrip("/").endswith(SUMMARY):
            key = address.rstrip("/").rpartition("/")[2]
            self.seen.append(key)
            address = self._fill_step(key)
        sent = self.send()
        if sent.status_code != 302:
            raise StuckError(f"not sent: {_errors(sent.content)}")
        return sent["Location"]

    def _fill_step(self, key: str) -> str:
        soup = _page(self.get(key).content)
        tries: dict[str, int] = {}
        for _ in range(MOST_TRIES):
            answer = self.post(key, self._answers(soup, tries))
            if answer.status_code == 302:
                return answer["Location"]
            before, soup = _asked(soup), _page(answer.content)
            wrong = {str(field["name"]) for field in soup.select("[aria-invalid=true][name]")}
            if not wrong and _asked(soup) == before:  # nor do the answers bring up any question
                break
            for name in wrong:
                tries[name] = tries.get(name, 0) + 1
        raise StuckError(f"step {key} of {self.procedure.slug}: {_errors(answer.content)}")

    def _answers(self, soup: BeautifulSoup, tries: dict[str, int]) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for field in soup.select("form.form [name]"):
            if field.find_parent("fieldset", disabled=True) or field.get("type") == "submit" or field.name == "button":
                continue
            self._answer(field, str(field["name"]), answers, tries)
        return answers

    def _answer(self, field: Tag, name: str, answers: dict[str, Any], tries: dict[str, int]) -> None:
        kind = "select" if field.name == "select" else field.get("type", "text")
        if kind == "hidden":
            answers.setdefault(name, []).append(field.get("value", ""))
        elif kind in ("radio", "checkbox"):
            if name not in answers or self.last:
                answers[name] = field.get("value", "on")
        elif kind == "select":
            values = [option["value"] for option in field.find_all("option") if option.get("value")]
            answers[name] = values[-1 if self.last else 0]
        elif kind == "file":
            if name not in self.sent:  # what was received stays, even where another answer is wrong
                self.sent.add(name)
                answers[name] = a_picture()
        elif not field.has_attr("tabindex"):  # the field that nobody sees stays empty
            first = next((TYPED.index(typed) for id, typed in self.guesses.items() if id in name), 0)
            answers[name] = TYPED[(first + tries.get(name, 0)) % len(TYPED)]


def _page(content: bytes) -> BeautifulSoup:
    return BeautifulSoup(content, "html.parser")


def _asked(soup: BeautifulSoup) -> set[str]:
    fields = soup.select("form.form [name]")
    return {str(field["name"]) for field in fields if not field.find_parent("fieldset", disabled=True)}


def _errors(content: bytes) -> str:
    soup = _page(content)
    return " · ".join(tag.get_text(" ", strip=True) for tag in soup.select(".error, .errors, [role=alert]"))[:800]

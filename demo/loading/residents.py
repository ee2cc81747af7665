"""What invented residents typed: drafts, filled in as on the site."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.datastructures import MultiValueDict
from PIL import Image, ImageDraw

from demo.loading.city import City
from demo.loading.data import Record, read
from demo.loading.days import day
from demo.loading.procedures import choice_id, question_id, questions_of
from procedures.definition.compiled import Definition
from procedures.definition.conditions import walk
from procedures.definition.models import ProcedureVersion
from procedures.filing.attachments import receive_files
from procedures.filing.models import Draft
from procedures.plugins import Kept, Question

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


@dataclass(frozen=True)
class Form:
    """One request of the data files, laid over the version that is published."""

    city: City
    procedure: str
    record: Record

    @cached_property
    def resident(self) -> Record:
        """Who asks; nobody known where the request is anonymous."""
        return next((person for person in read("residents") if person["key"] == self.record["by"]), {})

    @property
    def language(self) -> str:
        """The language the resident reads."""
        return str(self.record.get("language", "fr"))

    @cached_property
    def version(self) -> ProcedureVersion:
        """The version that is published."""
        return self.city.versions[self.procedure]

    @cached_property
    def definition(self) -> Definition:
        """The procedure in the resident's language."""
        return self.version.in_language(self.language)

    @cached_property
    def key_by_id(self) -> dict[str, str]:
        """Keys of the data files under the ids of questions."""
        written = questions_of(read(f"procedures/{self.procedure}"))
        return {question_id(self.procedure, record["key"]): record["key"] for record in written}

    def fill_in(self, key: UUID, channel: str, agent: str | None) -> Draft:
        """Make the draft, its files received and its answers checked by each type of question."""
        draft = Draft.objects.create(
            key=key,
            procedure_id=self.version.procedure_id,
            version=self.version,
            language=self.language,
            channel=channel,
            entered_by=self.city.staff[agent] if agent else None,
        )
        answers: dict[str, Kept] = {}
        for question in self.definition.questions():
            shown = walk(self.definition, answers | {question.id: None}).answers
            if question.id in shown:
                answers[question.id] = self._answer(draft, question)
        draft.data = {"answers": answers}
        draft.save(update_fields=["data"])
        return draft

    def _answer(self, draft: Draft, question: Question) -> Kept:
        kind = question.field_type
        if kind.takes_files:
            names = [self.record.get("files", {}).get(self.key_by_id[question.id])]
            sent: list[UploadedFile] = [made_up_file(name) for name in names if name]
            refused = receive_files(draft, [question], MultiValueDict[str, UploadedFile]({question.id: sent}))
            if refused:
                raise ValueError(f"{self.procedure}, {question.label}: {refused}")
            given: tuple[Any, ...] = (None, list(draft.uploads.filter(question_id=question.id)))
        else:
            given = (self._typed(question),)
        try:
            return kind.keep(kind.form_field(question).clean(*given))
        except ValidationError as error:
            raise ValueError(f"{self.procedure}, {self.record['at']}, {question.label}: {error.messages}") from error

    def _typed(self, question: Question) -> Any:
        key = self.key_by_id[question.id]
        value = self.record["answers"].get(key)
        if value is None:
            return self._known(key, question)
        if question.type == "yes_no":
            return "yes" if value else "no"
        if question.type == "one_choice":
            return choice_id(self.procedure, key, value)
        if question.type == "several_choices":
            return [choice_id(self.procedure, key, choice) for choice in value]
        if question.type == "date" and value[0] in "+-":
            return day(value, self.city.today).isoformat()
        return value

    def _known(self, key: str, question: Question) -> str:
        """What the resident says of themselves in every form."""
        person = self.resident
        full_name = f"{person.get('first_name', '')} {person.get('last_name', '')}".strip()
        claims = {"given-name": "first_name", "family-name": "last_name", "email": "email", "tel": "phone"}
        claim = next(iter(question.field_type.claims("?", question)), "")
        if claim == "name":
            return full_name
        return str(person.get(claims.get(claim, "address" if key == "adresse" else ""), ""))


def made_up_file(name: str) -> SimpleUploadedFile:
    """A small real file of the kind that its name says: an empty page, or a grey picture."""
    if name.endswith(".pdf"):
        return SimpleUploadedFile(name, PDF, "application/pdf")
    picture = Image.new("RGB", (640, 420), "#d9d2c5")
    ImageDraw.Draw(picture).rectangle((40, 40, 600, 380), outline="#45565d", width=6)
    content = BytesIO()
    picture.save(content, "JPEG", quality=60)
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")

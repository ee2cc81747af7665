"""formtools' storage over a row of the database: written once per post, kept whatever was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import Storage
from django.db.models import F
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from formtools.wizard.storage.base import BaseStorage

from procedures.definition.models import ProcedureVersion
from procedures.definition.rows import without_lost_rows
from procedures.filing import keys, tabs
from procedures.filing.models import Draft, draft_expiry
from procedures.plugins import Kept

ATTEMPTS = 10


@dataclass(frozen=True)
class Change:
    """What one post changes in a draft; can be applied anew when another tab was faster."""

    step: str
    typed: Mapping[str, list[str]]
    """Everything typed in the step, under the names of the form."""
    asked: frozenset[str]
    """Ids of the questions that this post answers, well or badly."""
    answers: Mapping[str, Kept]
    """Those answered well."""
    mark: tabs.Mark | None = None
    """Of the page that was posted."""

    def apply(self, data: dict[str, Any]) -> None:
        """Write the change into a draft's data.

        Raises:
            OvertakenError: another page has saved the step since, otherwise.
        """
        typed = without_lost_rows(self.typed)
        tabs.check(data, self.step, self.mark, typed)
        tabs.note(data, self.step, self.mark)
        data["step"] = self.step
        data.setdefault("step_data", {})[self.step] = typed
        kept = {key: value for key, value in data.get("answers", {}).items() if key not in self.asked}
        data["answers"] = without_lost_rows({**kept, **self.answers})


class DraftGone(Exception):
    """The draft was filed or deleted while this post was on its way."""


class DraftStorage(BaseStorage):
    """The data of one ``Draft``; empty until the first post."""

    def __init__(self, prefix: str, request: HttpRequest | None = None, file_storage: Storage | None = None) -> None:
        super().__init__(prefix, request, file_storage)
        self.draft: Draft | None = None
        self.is_new = False
        self.init_data()

    def open(self, draft: Draft) -> None:
        """Read from ``draft`` from now on."""
        self.draft = draft
        self.init_data()
        self.data.update(draft.data)

    def begin(self, version: ProcedureVersion, language: str) -> None:
        """Make the draft of a first post; the response will carry its cookie."""
        self.open(Draft.objects.create(procedure_id=version.procedure_id, version=version, language=language))
        self.is_new = True

    def update_response(self, response: HttpResponseBase) -> None:
        """Give the browser the key of a draft that was just made."""
        if self.is_new and self.draft is not None and self.request is not None:
            keys.set_cookie(response, self.draft.procedure.pk, self.draft.key, self.request.is_secure())

    @property
    def answers(self) -> dict[str, Kept]:
        """The settled answers of all steps, under their question's id."""
        return self.data.get("answers", {})

    def typed(self, step: str) -> dict[str, list[str]]:
        """What was typed in a step, valid or not."""
        return self.data[self.step_data_key].get(step, {})

    def save(self, change: Change, language: str) -> None:
        """Write ``change`` with one UPDATE; a saving that came in between is kept as well.

        Raises:
            DraftGone: the row is there no more.
            OvertakenError: another page has saved the same step otherwise; nothing is written.
        """
        if self.draft is None:
            raise DraftGone
        draft = self.draft
        for _attempt in range(ATTEMPTS):
            change.apply(self.data)
            now = timezone.now()
            saved = Draft.objects.filter(pk=draft.pk, revision=draft.revision).update(
                data=self.data, language=language, revision=F("revision") + 1, saved_at=now, expires_at=draft_expiry()
            )
            if saved:
                draft.data, draft.saved_at, draft.revision = self.data, now, draft.revision + 1
                return
            fresh = Draft.objects.filter(pk=draft.pk).first()
            if fresh is None:
                raise DraftGone
            draft.data, draft.revision = fresh.data, fresh.revision
            self.open(draft)
        raise DraftGone

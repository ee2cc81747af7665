"""A newer version was published meanwhile: finish on the old one, or carry the answers over.

An answer is kept where its question is still asked, in the same way, and still accepts it.
The rest of what was typed stands in the fields, and the step has to be gone through again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import F
from django.http import QueryDict
from django.utils import timezone

from procedures.definition.compiled import Definition
from procedures.definition.differences import Difference, find_differences
from procedures.definition.models import Procedure, ProcedureVersion
from procedures.definition.rows import every_question, label_in_row, own_id
from procedures.filing.attachments import waiting_files
from procedures.filing.models import Draft, draft_expiry
from procedures.filing.reading import Before, read_step
from procedures.filing.storage import DraftGone
from procedures.filing.tabs import MARKS, overtake_all
from procedures.filing.typed import take
from procedures.plugins import Kept, is_empty

STAYS = "stays"
"""In a draft's data: the version that the resident declined."""


BY_STEP = ("step", "step_data", "answers", MARKS)
"""What stands under the keys of one version's steps."""


@dataclass(frozen=True)
class Carried:
    """A draft's data on another version."""

    data: dict[str, Any]
    again: tuple[str, ...]
    """Labels of the questions that were answered and have to be answered again."""
    dropped: tuple[str, ...]
    """Labels of those that were answered and are asked no more."""


def newer_version(procedure: Procedure, draft: Draft | None) -> ProcedureVersion | None:
    """The version that residents get by now, if it is not the draft's and was not declined."""
    current = procedure.current
    if draft is None or current is None or not procedure.is_open or draft.version_id == current.pk:
        return None
    return None if draft.data.get(STAYS) == current.pk else current


def news_for(draft: Draft, version: ProcedureVersion, language: str) -> tuple[Difference, ...]:
    """What ``version`` changes for a resident who began on the draft's own."""
    fingerprints = (draft.version.fingerprint, version.fingerprint, language)
    return _news(_Pair(fingerprints, draft.version.in_language(language), version.in_language(language)))


@dataclass(frozen=True)
class _Pair:
    """Two versions in one language, told apart by what identifies them alone."""

    fingerprints: tuple[str, str, str]
    old: Definition = field(compare=False)
    new: Definition = field(compare=False)


@lru_cache(maxsize=64)
def _news(pair: _Pair) -> tuple[Difference, ...]:
    return tuple(find_differences(pair.old, pair.new))


def carried(draft: Draft, version: ProcedureVersion, language: str) -> Carried:
    """What would become of ``draft`` on ``version``; nothing is written."""
    old, new = draft.version.in_language(language), version.in_language(language)
    given: dict[str, Kept] = draft.data.get("answers", {})
    typed = QueryDict(mutable=True)
    for values in draft.data.get("step_data", {}).values():
        for name, texts in values.items():
            typed.setlist(name, texts)
    same = {id for id, question in new.question_by_id.items() if _is_same(id, old, question.type)}
    data: dict[str, Any] = {name: value for name, value in draft.data.items() if name not in BY_STEP}
    data |= {"step_data": {}, "answers": {}, MARKS: overtake_all(draft.data, [step.key for step in new.steps])}
    for step in new.steps:
        mine = take(typed, step.questions)
        waiting = waiting_files(draft, list(every_question(step.questions, given)))
        change = read_step(new, step, mine, Before(data["answers"], {}, waiting), {}).change
        if mine.values:
            data["step_data"][step.key] = dict(change.typed)
        data["answers"] |= {id: kept for id, kept in change.answers.items() if id in given and own_id(id) in same}
    again, dropped = _lost(old, new, given, data["answers"])
    return Carried(data, again, dropped)


def _is_same(id: str, old: Definition, type: str) -> bool:
    return id in old.question_by_id and old.question_by_id[id].type == type


def _lost(
    old: Definition, new: Definition, given: Mapping[str, Kept], kept: Mapping[str, Kept]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    again: list[str] = []
    dropped: list[str] = []
    for step in old.steps:
        for question in every_question(step.questions, given):
            if is_empty(given.get(question.id)) or question.id in kept:
                continue
            (again if own_id(question.id) in new.question_by_id else dropped).append(label_in_row(question))
    return tuple(again), tuple(dropped)


def carry_over(draft: Draft, version: ProcedureVersion, language: str) -> Carried:
    """Put ``draft`` on ``version`` with all the answers that it still accepts.

    Raises:
        DraftGone: the draft was sent, deleted or saved meanwhile; nothing is written.
    """
    result = carried(draft, version, language)
    _write(draft, version=version, data=result.data)
    draft.version = version
    return result


def stay(draft: Draft, version: ProcedureVersion) -> None:
    """Finish on the draft's own version: say no more of ``version``. Raises DraftGone."""
    _write(draft, data={**draft.data, STAYS: version.pk})


def _write(draft: Draft, *, data: dict[str, Any], **more: Any) -> None:
    now = timezone.now()
    written = Draft.objects.filter(pk=draft.pk, revision=draft.revision).update(
        data=data, revision=F("revision") + 1, saved_at=now, expires_at=draft_expiry(), **more
    )
    if not written:
        raise DraftGone
    draft.data, draft.revision, draft.saved_at = data, draft.revision + 1, now

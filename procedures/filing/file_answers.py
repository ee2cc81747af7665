"""What the answers say of files, held to the files that are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from procedures.definition.compiled import Definition
from procedures.definition.rows import own_id
from procedures.filing.models import DraftUpload
from procedures.plugins import Kept


def true_answers(
    definition: Definition, answers: Mapping[str, Kept], uploads: Sequence[DraftUpload]
) -> dict[str, Kept]:
    """``answers`` with the names of the files that are in the draft, whatever was saved in between.

    A post that crosses another tab, or the antivirus, may name a file that is gone, or miss one
    that has just come. A question left without the file that it must have is not answered.
    """
    true: dict[str, Kept] = {}
    for key, kept in answers.items():
        question = definition.question_by_id.get(own_id(key))
        if question is None or not question.field_type.takes_files or not (kept is None or isinstance(kept, list)):
            true[key] = kept
            continue
        names = [upload.original_name for upload in uploads if upload.question_id == key]
        if names or not question.required:
            true[key] = list[Kept](names) or None
    return true

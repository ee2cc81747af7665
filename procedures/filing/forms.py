"""The form of one step, made from the questions of a published version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from procedures.fields.parts import NeededLine, foreign
from procedures.plugins import Kept, Question, is_empty, validators


class StepForm(forms.Form):
    """The questions of one step that are shown.

    ``quiet`` shows what was typed and says nothing of it: nobody is told off on arriving.
    ``waiting`` holds, by question, the files that are in the draft already: they answer the
    question whatever is, or is not, in this post.
    """

    def __init__(
        self,
        questions: Iterable[Question],
        typed: MultiValueDict[str, str] | None,
        *,
        waiting: Mapping[str, Sequence[Any]],
        quiet: bool = False,
    ) -> None:
        super().__init__(typed, MultiValueDict(), initial=dict(waiting), use_required_attribute=False)
        self.questions, self.waiting, self.quiet = tuple(questions), waiting, quiet
        for question in self.questions:
            if question.field_type.asks:
                self.fields[question.id] = _announced(question.field_type.form_field(question), question)

    def full_clean(self) -> None:
        """Clean, unless the form is only shown."""
        if self.quiet:
            self._errors = ErrorDict()
            self.cleaned_data: dict[str, Any] = {}
        else:
            super().full_clean()

    def _post_clean(self) -> None:
        """Put the answers to the checks that the department asked for."""
        for question in self.questions:
            if question.checks and question.id in self.cleaned_data:
                self._check(question, question.field_type.keep(self.cleaned_data[question.id]))

    def _check(self, question: Question, kept: Kept) -> None:
        for slug, options in () if is_empty(kept) else question.checks:
            if slug not in validators:  # its package is gone
                continue
            try:
                validators[slug].check(kept, options)
            except ValidationError as error:
                self.add_error(question.id, error)
                return

    def kept(self) -> dict[str, Kept]:
        """The answers without error as they are stored, under their question's id."""
        return {
            question.id: question.field_type.keep(self.cleaned_data[question.id])
            for question in self.questions
            if question.id in self.cleaned_data
        }

    def refuse(self, question_id: str, messages: Iterable[Any]) -> None:
        """Put what is wrong with a sent file in place of any other message of its question."""
        if question_id in self.fields:
            self.errors.pop(question_id, None)
            self.cleaned_data.pop(question_id, None)
            for message in messages:
                self.add_error(question_id, message)

    def overlook(self, question_ids: Iterable[str]) -> None:
        """Say nothing yet of questions that the resident has not seen."""
        for question_id in question_ids:
            self.errors.pop(question_id, None)
            self.cleaned_data.pop(question_id, None)


def _announced(field: forms.Field, question: Question) -> forms.Field:
    """Let the field tell screen readers the language of its words, and that it needs an answer.

    Not by ``required``: an empty field would be announced as wrong before anything is typed.
    """
    field.row = question.row  # type: ignore[attr-defined]  # read by the summary of errors
    field.lang = foreign(question.lang)  # type: ignore[attr-defined]  # read by the template of fields
    field.help_lang = foreign(question.help_lang) if question.help else ""  # type: ignore[attr-defined]  # likewise
    if question.choices and foreign(question.lang):
        field.widget.attrs["lang"] = question.lang
    parts: Mapping[str, forms.Field] = getattr(field, "parts", None) or {"": field}
    for part in parts.values():
        if question.required and part.required and not (part.widget.use_fieldset or isinstance(part, NeededLine)):
            part.widget.attrs["aria-required"] = "true"
    return field


class SummaryForm(forms.Form):
    """The last step: what the resident certifies."""

    declaration = forms.BooleanField(
        error_messages={"required": _("Tick the declaration to send your request.")},
    )

    def __init__(self, data: Any = None, *, declaration: str, lang: str = "") -> None:
        super().__init__(data, use_required_attribute=False)
        self.fields["declaration"].label = declaration
        self.fields["declaration"].widget.attrs["aria-required"] = "true"
        self.fields["declaration"].lang = lang  # type: ignore[attr-defined]  # read by the template of fields


class LinkForm(forms.Form):
    """Where to send the link to resume."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write the address where the link should go.")},
    )

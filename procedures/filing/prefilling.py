"""Answers offered beforehand: shown in empty questions with where they come from, kept only once posted.

The resident may change them, unless the department locked them: then the server puts the
source's value in the place of whatever is posted, as long as the source has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from procedures.definition.compiled import Step
from procedures.fields.parts import PartsField
from procedures.fields.persons import REQUESTER, whose
from procedures.filing.forms import StepForm
from procedures.filing.models import PERSON, Draft
from procedures.filing.signed_links import PARAMETER, read_token
from procedures.filing.typed import Typed, belongs
from procedures.plugins import Kept, Question, Visit, prefill_sources

if TYPE_CHECKING:
    from procedures.filing.views.wizard import FilingView

SIGNED = "signed"
"""In a draft's data: the token of the link, as the city signed it."""


class Offer(NamedTuple):
    """A value for a question, as one would type it."""

    value: str
    kept: Kept
    origin: str
    is_locked: bool


def offers_for(view: FilingView, step: Step) -> dict[str, Offer]:
    """What sources offer to the questions of a step, by question; those of rows are asked of nobody.

    No source, no account and no session is touched where no question asks for it.
    """
    known: dict[str, dict[str, Offer]] = view.__dict__.setdefault("offers", {})
    if step.key not in known:
        known[step.key] = _offers_for(view, step)
    return known[step.key]


def _offers_for(view: FilingView, step: Step) -> dict[str, Offer]:
    known = _of_person(view, step)
    wanted = [question for question in step.questions if question.prefill and question.field_type.asks]
    if not wanted:
        return known
    visit = Visit(view.procedure.slug, view.language, _account(view.request, view.storage.draft), _signed(view))
    return known | dict(_offers(wanted, visit))


def _of_person(view: FilingView, step: Step) -> dict[str, Offer]:
    """What an earlier request said of the person for whom an agent fills in."""
    draft = view.storage.draft
    claims = draft.data.get(PERSON, {}) if draft is not None and draft.entered_by_id else {}
    offers = {}
    for question in step.questions if claims else ():
        value = claims.get(token_of(question), "") if whose(question) == REQUESTER else ""
        if not value or not question.field_type.asks:
            continue
        try:
            kept = question.field_type.keep(question.field_type.form_field(question).clean(value))
        except ValidationError:  # the question takes no such answer: the agent asks for it
            continue
        offers[question.id] = Offer(value, kept, _("From an earlier request of this person."), False)
    return offers


def _offers(wanted: Iterable[Question], visit: Visit) -> Iterator[tuple[str, Offer]]:
    for question in wanted:
        slug, key, is_locked = question.prefill or ("", "", False)
        source = prefill_sources.by_slug.get(slug)
        found = source.value(key or token_of(question), visit) if source else None
        if found is None:
            continue
        value, origin = found
        try:
            kept = question.field_type.keep(question.field_type.form_field(question).clean(value))
        except ValidationError:  # nobody is told off for what a source has wrong
            continue
        yield question.id, Offer(value, kept, str(origin), is_locked)


def token_of(question: Question) -> str:
    """The claim a question asks a source for, where its author named none."""
    return str(question.options.get("purpose") or next(iter(question.field_type.tokens), ""))


def fill(typed: dict[str, list[str]], offers: Mapping[str, Offer], answers: Mapping[str, Kept]) -> dict[str, list[str]]:
    """What to show in a step: what was typed, and offers where nothing ever was."""
    shown = dict(typed)
    for id, offer in offers.items():
        names = [name for name in shown if belongs(name, id)]
        if offer.is_locked or (not names and id not in answers):
            for name in names:
                del shown[name]
            shown[id] = [offer.value]
    return shown


def enforce(view: FilingView, step: Step, typed: Typed) -> None:
    """Put locked values in the place of what was posted; remember the link that the draft began with."""
    token = view.request.GET.get(PARAMETER, "")
    if token and read_token(token, view.procedure) is not None:
        view.storage.data[SIGNED] = token
    for id, offer in offers_for(view, step).items():
        names = [name for name in typed.values if belongs(name, id)]
        if offer.is_locked and names:
            for name in names:
                del typed.values[name]
            typed.values[id] = [offer.value]


def dress(form: StepForm, offers: Mapping[str, Offer]) -> None:
    """Say where values come from, as long as they are the source's; make the locked ones read-only."""
    for question in form.questions:
        offer = offers.get(question.id)
        if offer is None or not _is_unchanged(form, question, offer):
            continue
        field = form.fields[question.id]
        note = f"{offer.origin} " + _("Only the department can change it.") if offer.is_locked else offer.origin
        form[question.id].help_text = field.help_text = f"{field.help_text}\n{note}".strip()
        if offer.is_locked:
            for one in field.parts.values() if isinstance(field, PartsField) else (field,):
                one.widget.attrs["readonly"] = True


def _is_unchanged(form: StepForm, question: Question, offer: Offer) -> bool:
    field: forms.Field = form.fields[question.id]
    try:
        return bool(question.field_type.keep(field.clean(form[question.id].value())) == offer.kept)
    except ValidationError:
        return False


def is_link_ignored(view: FilingView) -> bool:
    """Whether the address bears a link's values that cannot be believed."""
    token = view.request.GET.get(PARAMETER, "")
    return bool(token) and view.request.method == "GET" and read_token(token, view.procedure) is None


def _signed(view: FilingView) -> dict[str, str]:
    token = view.request.GET.get(PARAMETER, "") or view.storage.data.get(SIGNED, "")
    return read_token(token, view.procedure) or {}


def _account(request: HttpRequest, draft: Draft | None) -> dict[str, str]:
    """What the account of whoever fills in says of them; an agent fills in for somebody else."""
    user: Any = request.user
    if not user.is_authenticated or (draft is not None and draft.entered_by_id is not None):
        return {}
    claims = {
        "name": user.get_full_name(),
        "given-name": user.first_name,
        "family-name": user.last_name,
        "email": user.email,
    }
    return {token: value for token, value in claims.items() if value}

"""Asking for an opinion outside, from the page of a request."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from procedures.inbox.desk.forms import ActionForm, words
from procedures.inbox.folding import MINIMUM_LENGTH, fold
from procedures.inbox.models import ServiceRequest
from procedures.plugins import field_types

DEFAULT_DAYS, MOST_DAYS = 15, 60


class OpinionForm(ActionForm):
    """Whom to ask, what, until when, and what they may read: nothing that says who asked, unless chosen."""

    name = forms.CharField(label=_("Name of the expert"), max_length=150)
    email = forms.EmailField(label=_("E-mail of the expert"))
    question = words(_("Question"), help_text=_("The expert reads it behind the link, not in the e-mail."))
    days = forms.IntegerField(label=_("Days to answer"), min_value=1, max_value=MOST_DAYS, initial=DEFAULT_DAYS)
    answers = forms.MultipleChoiceField(
        label=_("Answers they may read"), required=False, widget=forms.CheckboxSelectMultiple
    )
    documents = forms.MultipleChoiceField(
        label=_("Files they may read"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, about: ServiceRequest, **kwargs: Any) -> None:
        super().__init__(data, about=about, **kwargs)
        readable = [answer for answer in about.answers if _has_words(answer)]
        field = cast("forms.MultipleChoiceField", self.fields["answers"])
        field.choices = [(answer["question_id"], answer["agent_label"]) for answer in readable]
        field.initial = [answer["question_id"] for answer in readable if not _identifies(answer, about)]
        files = cast("forms.MultipleChoiceField", self.fields["documents"])
        strangers = {message.pk for message in about.messages.all() if message.unknown_sender}
        files.choices = [
            (str(file.key), file.original_name)
            for file in about.attachments.all()
            if file.opinion_id is None and file.message_id not in strangers
        ]
        for name in ("answers", "documents"):
            if not cast("forms.MultipleChoiceField", self.fields[name]).choices:
                del self.fields[name]


def _has_words(answer: dict[str, Any]) -> bool:
    kind = field_types.by_slug.get(answer["type"])
    return bool(answer["agent_shown"]) and not (kind and kind.takes_files)


def _identifies(answer: dict[str, Any], about: ServiceRequest) -> bool:
    """Whether an answer says who asks: their name, address or phone, or something sensitive."""
    kind = field_types.by_slug.get(answer["type"])
    said = set(fold(f"{about.requester_name} {about.requester_email}").split())
    shares = said & {word for word in fold(answer["agent_shown"]).split() if len(word) >= MINIMUM_LENGTH}
    digits = "".join(filter(str.isdigit, about.requester_phone))[-9:]
    is_phone = len(digits) == 9 and "".join(filter(str.isdigit, answer["agent_shown"])).endswith(digits)
    is_identity = kind is not None and (kind.sensitive or kind.palette == "identity")
    return is_identity or bool(shares) or is_phone


def may_ask(request: ServiceRequest) -> bool:
    """An opinion is asked before the answer."""
    return not request.is_decided

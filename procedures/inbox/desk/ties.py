"""The forms that tie a request to others, and its checklist."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from procedures.inbox import tracking_number
from procedures.inbox.desk import names
from procedures.inbox.desk.forms import ActionForm
from procedures.inbox.models import ChecklistItem, ChecklistTick, ServiceRequest


class NumberForm(ActionForm):
    """Names another request by its number; one of another department is not told from one that does not exist."""

    number = forms.CharField(
        label=_("Tracking number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_number(self) -> ServiceRequest:
        """The request with that number."""
        number = tracking_number.read(self.cleaned_data["number"])
        found = None
        if number and self.user is not None:
            found = ServiceRequest.objects.visible_to(self.user).filter(tracking_number=number).first()
        if found is None:
            raise ValidationError(_("No request of your departments has this number."))
        return found


class LinkForm(NumberForm):
    """Say that two requests have to do with each other."""

    def clean(self) -> dict[str, Any]:
        """As the services name it."""
        cleaned = super().clean() or self.cleaned_data
        return {"to": cleaned["number"]} if "number" in cleaned else cleaned


class UnlinkForm(LinkForm):
    """Take the link back."""


class MergeForm(NumberForm):
    """Close the request as a duplicate of another."""

    def clean(self) -> dict[str, Any]:
        """As the service names it."""
        cleaned = super().clean() or self.cleaned_data
        return {"into": cleaned["number"]} if "number" in cleaned else cleaned


class CheckForm(ActionForm):
    """What is verified; items no longer asked stay as long as they are ticked."""

    items = forms.MultipleChoiceField(label=_("To verify"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, about: ServiceRequest, **kwargs: Any) -> None:
        super().__init__(data, about=about, **kwargs)
        items = names.checklist(about.procedure_id)
        if items:  # the page of the request has read them already
            prefetch_related_objects([about], Prefetch("ticks", ChecklistTick.objects.select_related("by")))
        ticks = {tick.item_id: tick for tick in about.ticks.all()} if items else {}
        self.asked = {str(item.pk): item for item in items if not item.retired or item.pk in ticks}
        field = cast("forms.MultipleChoiceField", self.fields["items"])
        field.choices = [(key, _said(item, ticks)) for key, item in self.asked.items()]
        field.initial = [key for key, item in self.asked.items() if item.pk in ticks]

    def clean_items(self) -> list[ChecklistItem]:
        """The items themselves."""
        return [self.asked[key] for key in self.cleaned_data["items"]]


def _said(item: ChecklistItem, ticks: dict[int, Any]) -> str:
    """The item, with the name of whoever verified it."""
    by = ticks[item.pk].by if item.pk in ticks else None
    return f"{item.label} ({by})" if by else item.label

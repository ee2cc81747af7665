"""Blocks that the directory offers to pages: a department's contact, its opening hours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.pages.offers import PageBlock
from directory.cards import Card
from directory.models import Department
from directory.opening import exception_words, week_words
from directory.shared import departments


class DepartmentIdBlock(blocks.FieldBlock):
    """A choice among departments that gives the id of the source row, without a query."""

    def __init__(self, *, required: bool = True, help_text: Any = "", **kwargs: Any) -> None:
        self.field_options: dict[str, Any] = {"required": required, "help_text": help_text}
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> forms.ModelChoiceField:
        """A plain list: a town has few departments."""
        return forms.ModelChoiceField(queryset=Department.objects.source(), **self.field_options)

    def value_from_form(self, value: Any) -> int | None:
        """Keep the id of the department chosen."""
        return getattr(value, "pk", value)

    def get_prep_value(self, value: Any) -> int | None:
        """Store the id, whether an id or a department is given."""
        return getattr(value, "pk", value)

    def value_for_form(self, value: Any) -> Any:
        """Give the list the id."""
        return getattr(value, "pk", value)

    def extract_references(self, value: Any) -> Iterator[tuple[type[Department], str, str, str]]:
        """Tell Wagtail which department is used here."""
        if value:
            yield Department, str(self.get_prep_value(value)), "", ""


class DepartmentBlock(blocks.StructBlock):
    """A block about one department."""

    department = DepartmentIdBlock(label=_("Department"))

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the department's card; none when it was deleted since."""
        context = super().get_context(value, parent_context)
        context["card"] = self.card(value)
        return context

    def card(self, value: Any) -> Card | None:
        """The department in the language of the visit."""
        return departments(get_language() or settings.LANGUAGE_CODE).get(value.get("department"))


class ContactBlock(DepartmentBlock):
    """Whom to call, and whether somebody is there now."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the state of now."""
        context = super().get_context(value, parent_context)
        if context["card"]:
            context["state"] = context["card"].state_shown()
        return context

    class Meta:
        icon = "mail"
        label = _("Contact")
        template = "components/blocks/contact.html"


class OpeningHoursBlock(DepartmentBlock):
    """The week of a department as a table."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the table."""
        context = super().get_context(value, parent_context)
        if context["card"]:
            today, schedule = timezone.localdate(), context["card"].schedule
            context |= {"week": week_words(schedule, today), "exceptions": exception_words(schedule, today)}
        return context

    class Meta:
        icon = "time"
        label = _("Opening hours")
        template = "components/blocks/opening_hours.html"


class Contact(PageBlock):
    """Whom to contact about this page."""

    slug = "contact"
    label = _("Contact")

    def block(self) -> blocks.Block:
        """A department's box."""
        return ContactBlock()


class OpeningHours(PageBlock):
    """When a department receives people."""

    slug = "opening_hours"
    label = _("Opening hours")

    def block(self) -> blocks.Block:
        """A department's week."""
        return OpeningHoursBlock()

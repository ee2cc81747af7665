"""Links to pages of the site and to other sites; buttons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from cms.pages import site
from cms.pages.offers import PageBlock


class PageLinkValue(blocks.StructValue):
    """Knows its address, in the language of the visit."""

    @property
    def page_id(self) -> int | None:
        """The page's id, read without the page."""
        raw = self.get("page")
        return raw if isinstance(raw, int) else getattr(raw, "pk", None)

    @property
    def url(self) -> str:
        """The live page's address, else the address typed, else nothing."""
        ref = site.current().in_language(self.page_id, get_language() or "fr")
        return ref.url if ref else self.get("address") or ""

    @property
    def title(self) -> str:
        """The words typed, else the page's title."""
        ref = site.current().in_language(self.page_id, get_language() or "fr")
        return self.get("text") or (ref.title if ref else self.get("address") or "")


class PageIdBlock(blocks.FieldBlock):
    """A page chooser that gives the page's id: links come from the snapshot, without a query."""

    def __init__(self, *, required: bool = True, help_text: str | None = None, **kwargs: Any) -> None:
        self.field_options: dict[str, Any] = {"required": required, "help_text": help_text}
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> forms.ModelChoiceField:
        """Wagtail's chooser of pages."""
        return forms.ModelChoiceField(queryset=Page.objects.all(), widget=AdminPageChooser(), **self.field_options)

    def value_from_form(self, value: Any) -> int | None:
        """Keep the id of the page chosen."""
        return getattr(value, "pk", value)

    def get_prep_value(self, value: Any) -> int | None:
        """Store the id, whether an id or a page is given."""
        return getattr(value, "pk", value)

    def get_form_state(self, value: Any) -> Any:
        """What the editor's chooser shows."""
        return self.field.widget.get_value_data(value)

    def extract_references(self, value: Any) -> Iterator[tuple[type[Page], str, str, str]]:
        """Tell Wagtail which page is used here."""
        if value:
            yield Page, str(value), "", ""


class PageLink(blocks.StructBlock):
    """A link, to a page of the site or elsewhere."""

    text = blocks.CharBlock(label=_("Words of the link"), required=False, max_length=120)
    page = PageIdBlock(label=_("Page"), required=False)
    address = blocks.URLBlock(label=_("or address elsewhere"), required=False)

    def clean(self, value: Any) -> Any:
        """Refuse a link that leads nowhere, or elsewhere without words."""
        cleaned = super().clean(value)
        if not cleaned.get("page") and not cleaned.get("address"):
            raise blocks.StructBlockValidationError(
                block_errors={"page": ValidationError(_("Choose a page or write an address."))}
            )
        if cleaned.get("address") and not cleaned.get("text"):
            raise blocks.StructBlockValidationError(
                block_errors={"text": ValidationError(_("Say in words where the link leads."))}
            )
        return cleaned

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = PageLinkValue


class LinksBlock(blocks.StructBlock):
    """Links under a title."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    links = blocks.ListBlock(PageLink(), label=_("Links"))

    class Meta:
        icon = "link"
        label = _("Links")
        template = "components/blocks/links.html"
        group = _("Links")


class Links(PageBlock):
    """Links to read on."""

    slug = "links"
    label = _("Links")

    def block(self) -> blocks.Block:
        """A titled list of links."""
        return LinksBlock()


class Button(PageBlock):
    """The one thing to do from here."""

    slug = "button"
    label = _("Button")

    def block(self) -> blocks.Block:
        """A link that looks like a button."""
        return PageLink(
            label=self.label, icon="link-external", group=_("Links"), template="components/blocks/button.html"
        )

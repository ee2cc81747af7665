"""Native controls that a script of their own makes easier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.forms.widgets import Script
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

Pairs = Iterable[tuple[str, Any]]


class PlainSelect(forms.Select):
    """A list written at one stroke: thousands of choices cost milliseconds, not a template each."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The list, its first line empty."""
        built = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        chosen = {str(one) for one in ([] if value is None else [value])}
        return format_html("<select{}>\n{}\n</select>", flatatt(built), self.lines(chosen))

    def lines(self, chosen: set[str]) -> SafeString:
        """The choices; a group of them stands under its heading."""
        written = []
        for key, label in self.choices:
            if isinstance(label, (list, tuple)):
                written.append(format_html('<optgroup label="{}">{}</optgroup>', key, self._options(label, chosen)))
            else:
                written.append(self._options([(key, label)], chosen))
        return mark_safe("\n".join(written))  # noqa: S308 - each part is escaped above

    @staticmethod
    def _options(pairs: Pairs, chosen: set[str]) -> SafeString:
        return format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, mark_safe(" selected") if key in chosen else "", label) for key, label in pairs),
        )


class Combobox(PlainSelect):
    """A list with search, where there is JavaScript (static/js/combobox.js)."""

    class Media:
        js = [Script("js/combobox.js", type="module")]

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        words = {
            "data-combobox": "",
            "data-none": _("Nothing in the list matches. Write less, or write it otherwise."),
            "data-count": _("Answers that match: {count}."),
            "data-open": _("Show the whole list"),
        }
        super().__init__({**words, **(attrs or {})})


class Suggested(forms.TextInput):
    """A line with suggestions beside it, which bind nobody (static/js/towns.js renews them)."""

    class Media:
        js = [Script("js/towns.js", type="module")]

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(
            {"data-found": _("Town found: {town}."), "data-several": _("Choose among: {towns}."), **(attrs or {})}
        )
        self.suggestions: Iterable[str] = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The line, then its list."""
        id = f"{(attrs or {}).get('id') or name}_list"
        lines = format_html_join("", '<option value="{}"></option>', ((text,) for text in self.suggestions))
        field = super().render(name, value, {**(attrs or {}), "list": id}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', field, id, lines)


class LinkedSelect(PlainSelect):
    """A list whose groups become a list of their own, where there is JavaScript (static/js/linked-lists.js)."""

    class Media:
        js = [Script("js/linked-lists.js", type="module")]

    def __init__(self, first: str, second: str) -> None:
        super().__init__({"data-linked": "", "data-first": first, "data-second": second})

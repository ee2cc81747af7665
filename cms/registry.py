"""The one mechanism for plugins of every kind.

A plugin is a class in a file of its own, named by one line of a settings list. There is
no decorator and no discovery: what the list says is what runs, in that order.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar, Generic, TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils.functional import Promise
from django.utils.module_loading import import_string


class Plugin:
    """What every plugin has: a slug that is stored, and a label that is shown.

    Plugins are stateless: one instance serves every request of the process.
    """

    slug: ClassVar[str]
    label: ClassVar[str | Promise]
    retired: ClassVar[bool] = False
    """A retired plugin is hidden from editors and still reads what it wrote."""


P = TypeVar("P", bound=Plugin)


class Registry(Generic[P]):
    """Plugins of one kind, in the order the settings list them.

    Raises:
        ImproperlyConfigured: on first use, when a path of the list is no such plugin, or
            when two plugins share a slug.
    """

    def __init__(self, kind: type[P], setting: str) -> None:
        self.kind, self.setting = kind, setting
        setting_changed.connect(self._forget, weak=False)

    @cached_property
    def by_slug(self) -> dict[str, P]:
        """The plugins under their slugs."""
        plugins: dict[str, P] = {}
        for path in getattr(settings, self.setting):
            plugin = import_string(path)()
            if not isinstance(plugin, self.kind) or plugin.slug in plugins:
                raise ImproperlyConfigured(f"{self.setting}: {path}: wrong kind or repeated slug")
            plugins[plugin.slug] = plugin
        return plugins

    def __iter__(self) -> Iterator[P]:
        return iter(self.by_slug.values())

    def __getitem__(self, slug: str) -> P:
        return self.by_slug[slug]

    def __contains__(self, slug: object) -> bool:
        return slug in self.by_slug

    def __len__(self) -> int:
        return len(self.by_slug)

    def offered(self) -> list[P]:
        """The plugins that editors may choose."""
        return [plugin for plugin in self if not plugin.retired]

    def _forget(self, *, setting: str, **_: object) -> None:
        if setting == self.setting:
            self.__dict__.pop("by_slug", None)

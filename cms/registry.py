"""The one mechanism for plugins of every kind.

A plugin is a class in a file of its own, named by one line of a settings list. There is
no decorator and no discovery: what the list says is what runs, in that order.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils.functional import Promise
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


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

    A plugin whose package is no longer installed is left out, with an error in the log and
    a warning of ``manage.py check``: the site starts without it.

    Raises:
        ImportError, ImproperlyConfigured: on first use, when a path of the list is no such
            plugin, or when two plugins share a slug.
    """

    every: ClassVar[list[Registry[Any]]] = []

    def __init__(self, kind: type[P], setting: str) -> None:
        self.kind, self.setting = kind, setting
        self._left_out: dict[str, str] = {}
        self.every.append(self)
        setting_changed.connect(self._forget, weak=False)

    @cached_property
    def by_slug(self) -> dict[str, P]:
        """The plugins under their slugs."""
        plugins: dict[str, P] = {}
        self._left_out = {}
        for path in getattr(settings, self.setting):
            try:
                plugin = import_string(path)()
            except ModuleNotFoundError as error:
                if error.name != path.partition(".")[0]:  # something of the package's own is broken
                    raise
                self._left_out[path] = str(error)
                logger.error("%s: %s is left out: %s", self.setting, path, error)
                continue
            if not isinstance(plugin, self.kind) or plugin.slug in plugins:
                raise ImproperlyConfigured(f"{self.setting}: {path}: wrong kind or repeated slug")
            plugins[plugin.slug] = plugin
        return plugins

    def left_out(self) -> dict[str, str]:
        """The paths that cannot be imported, and why."""
        _read = self.by_slug
        return self._left_out

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


@register()
def check_plugins(**_: Any) -> list[CheckMessage]:
    """Warn of plugins that are listed and not installed; what they wrote stays, what they do is not done."""
    return [
        Warning(
            f"{registry.setting}: {path} is left out ({why}).",
            hint="Install its package again before anybody edits what it wrote, or take its line out.",
            id="plugins.W001",
        )
        for registry in Registry.every
        for path, why in registry.left_out().items()
    ]

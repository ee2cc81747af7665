"""What every public page shares, read once per change instead of once per request.

A ``Snapshot`` holds the map of live pages and whatever the rooms memoise with ``shared``.
It lives in the process; a version kept in the cache tells every process when to read again.
The version changes on commit of anything watched, so a page never shows what was rolled back.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar, cast
from uuid import UUID, uuid4

from django.core.cache import cache
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from redis.exceptions import RedisError

from cms.pages.tree import PageRef, read_pages

T = TypeVar("T")
logger = logging.getLogger(__name__)

VERSION_KEY = "parvis-site-version"
BLIND_SECONDS = 10  # how long a snapshot serves while the cache does not answer


@dataclass(frozen=True)
class Snapshot:
    """The site at one version. Read it through ``current()``."""

    version: str
    read_at: float = field(default_factory=time.monotonic)
    memo: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def pages(self) -> dict[int, PageRef]:
        """Every live page of the site by id, parents before children."""
        return {ref.id: ref for ref in read_pages()}

    @cached_property
    def by_path(self) -> dict[str, PageRef]:
        """Every live page by the path of its address, not percent-encoded."""
        return {ref.path: ref for ref in self.pages.values()}

    @cached_property
    def _children(self) -> dict[int | None, list[PageRef]]:
        families: dict[int | None, list[PageRef]] = {}
        for ref in self.pages.values():
            families.setdefault(ref.parent_id, []).append(ref)
        return families

    @cached_property
    def _by_translation(self) -> dict[UUID, dict[str, PageRef]]:
        families: dict[UUID, dict[str, PageRef]] = {}
        for ref in self.pages.values():
            families.setdefault(ref.translation_key, {})[ref.language] = ref
        return families

    def url(self, page_id: int | None) -> str | None:
        """The address of a live page; None for any other."""
        ref = self.pages.get(page_id) if page_id is not None else None
        return ref.url if ref else None

    def children(self, page_id: int) -> list[PageRef]:
        """Live children in the order of the tree."""
        return self._children.get(page_id, [])

    def ancestors(self, ref: PageRef) -> Iterator[PageRef]:
        """From the parent up to the home page."""
        while ref.parent_id in self.pages:
            ref = self.pages[ref.parent_id]
            yield ref

    def translations(self, page_id: int) -> dict[str, PageRef]:
        """A page and its live translations, by language code."""
        ref = self.pages.get(page_id)
        return self._by_translation.get(ref.translation_key, {}) if ref else {}

    def in_language(self, page_id: int | None, language: str) -> PageRef | None:
        """The page in that language if it is live, else the page itself if it is."""
        if page_id is None:
            return None
        return self.translations(page_id).get(language) or self.pages.get(page_id)

    def home(self, language: str) -> PageRef | None:
        """The home page in that language."""
        return next((ref for ref in self._children.get(None, []) if ref.language == language), None)

    def first_of(self, model: str, language: str) -> PageRef | None:
        """The first live page of a model (``"agenda.eventindexpage"``) in that language."""
        return next((ref for ref in self.pages.values() if ref.model == model and ref.language == language), None)


_held: Snapshot | None = None
_steady: ContextVar[Snapshot | None] = ContextVar("steady", default=None)


def current() -> Snapshot:
    """The snapshot of now: one look at the cache, no query unless something changed."""
    global _held
    if (steady := _steady.get()) is not None:
        return steady
    held = _held
    try:
        version = cache.get(VERSION_KEY)
        if version is None:
            version = cache.get_or_set(VERSION_KEY, uuid4().hex, timeout=None)
    except (RedisError, OSError) as problem:
        if held is not None and time.monotonic() - held.read_at < BLIND_SECONDS:
            return held
        logger.warning("The cache does not answer, reading the site from the database: %s", problem)
        version = uuid4().hex
    if held is None or held.version != version:
        held = _held = Snapshot(version=cast("str", version))
    return held


@contextmanager
def steady() -> Iterator[None]:
    """Serve one snapshot throughout: work of a second on hundreds of rows looks at the cache once."""
    token = _steady.set(current())
    try:
        yield
    finally:
        _steady.reset(token)


def shared(key: str, build: Callable[[], T]) -> T:
    """Memoise ``build()`` under ``key`` until anything watched changes."""
    memo = current().memo
    if key not in memo:
        memo[key] = build()
    return cast("T", memo[key])


def forget() -> None:
    """Drop this process's snapshot."""
    global _held
    _held = None


def bump(**_: object) -> None:
    """Make every process read the site again, once the running transaction commits."""
    forget()
    transaction.on_commit(_change_version)


def _change_version() -> None:
    forget()
    try:
        cache.set(VERSION_KEY, uuid4().hex, timeout=None)
    except (RedisError, OSError) as problem:
        logger.warning("The cache does not answer; other processes read the site again by themselves: %s", problem)


def watch(*watched: type[models.Model]) -> None:
    """Let every saved or deleted row of these models change the version."""
    for model in watched:
        post_save.connect(bump, sender=model, dispatch_uid=f"bump-save-{model._meta.label}")
        post_delete.connect(bump, sender=model, dispatch_uid=f"bump-delete-{model._meta.label}")

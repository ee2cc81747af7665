"""The other requests that the page of one names: the same person's, what is near, what is tied to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cms.accounts.models import User
from procedures.inbox.duplicates import Likely, is_same_person, likely_duplicates
from procedures.inbox.folding import MINIMUM_LENGTH, fold
from procedures.inbox.models import RequestLink, ServiceRequest

MOST_OTHERS = 10
NOT_SHOWN = ("answers", "fee_lines", "people")


@dataclass(frozen=True)
class Tie:
    """A request that has to do with this one; None where the agent may not see it."""

    request: ServiceRequest | None
    kind: str
    label: str


class Neighbours:
    """They are read together, each once, with what ``user`` may do: two queries at most.

    Args:
        request: a ServiceRequest, ``unfold``ed.
    """

    def __init__(self, request: Any, user: User) -> None:
        self.request, self.user = request, user
        self.persons = _ids(request.its_namesakes) | _ids(request.its_callers) | set(self._namesakes())
        self.near = _ids(request.its_surroundings)
        self.joined = _ids(request.its_duplicates)
        self.links: list[RequestLink] = sorted(
            [*request.links_from.all(), *request.links_to.all()], key=lambda link: (link.made_at, link.pk)
        )

    def _namesakes(self) -> Iterable[int]:
        """Of somebody who left neither address nor phone, those that have the same name, of any department."""
        request = self.request
        if request.requester_email or request.requester_phone or len(fold(request.requester_name)) < MINIMUM_LENGTH:
            return []
        found = ServiceRequest.objects.search(request.requester_name).exclude(pk=request.pk)
        return found.order_by("-received_at", "-id").values_list("pk", flat=True)[: 3 * MOST_OTHERS]

    @cached_property
    def rows(self) -> dict[int, Any]:
        """All of them by id, whether the user may see them (``is_theirs``) or not."""
        tied = {self._end(link) for link in self.links} | {self.request.merged_into_id} - {None}
        ids = self.persons | self.near | self.joined | tied
        if not ids:
            return {}
        found = ServiceRequest.objects.filter(pk__in=ids).with_rights_of(self.user)
        return found.select_related("procedure", "department").defer(*NOT_SHOWN).in_bulk()

    def seen(self, ids: Iterable[int]) -> list[ServiceRequest]:
        """Of these, what the user sees as their own."""
        return [row for pk in ids if (row := self.rows.get(pk)) is not None and row.is_theirs]

    def others_of_the_person(self) -> list[ServiceRequest]:
        """What the same person asked for, the latest first."""
        found = (one for one in self.seen(self.persons) if is_same_person(self.request, one))
        return sorted(found, key=lambda one: (one.received_at, one.pk), reverse=True)[:MOST_OTHERS]

    def likely(self) -> list[Likely]:
        """Likely duplicates, while there is something to join."""
        return [] if self.request.is_decided else likely_duplicates(self.request, self.seen(self.near | self.persons))

    def ties(self) -> list[Tie]:
        """Links both ways; of what is another department's, only that there is something."""
        found = []
        for link in self.links:
            other = self.rows.get(self._end(link))
            found.append(Tie(other if other and other.is_theirs else None, link.kind, link.get_kind_display()))
        return found

    def followers(self) -> list[ServiceRequest]:
        """What was joined to this one, as far as the user may see it: the two may have been of two departments."""
        return self.seen(sorted(self.joined))

    def carries_on(self) -> ServiceRequest | None:
        """The request that carries on for this one, if the user may see it."""
        return next(iter(self.seen([self.request.merged_into_id])), None)

    def complaints(self, *, about_this: bool) -> list[Any]:
        """Complaints about this request; or what this one complains about. The latest first."""
        kind = RequestLink.Kind.COMPLAINT
        ids = [
            self._end(link)
            for link in self.links
            if link.kind == kind and (link.target_id == self.request.pk) == about_this
        ]
        return sorted((self.rows[pk] for pk in ids if pk in self.rows), key=lambda one: one.received_at, reverse=True)

    def _end(self, link: RequestLink) -> int:
        return link.target_id if link.source_id == self.request.pk else link.source_id


def _ids(told: Iterable[dict[str, Any]]) -> set[int]:
    return {row["id"] for row in told}

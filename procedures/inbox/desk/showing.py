"""Which requests the list shows, and which of them comes after another: what follows from a list goes by these."""

from __future__ import annotations

from typing import cast

from procedures.inbox import finding
from procedures.inbox.desk import listing
from procedures.inbox.desk.filters import FilterForm
from procedures.inbox.finding import Found
from procedures.inbox.models import ServiceRequest
from procedures.inbox.querysets import ServiceRequestQuerySet

APART = "."
COLUMNS = ("due_key", "received_at", "closed_at")


def found_by(form: FilterForm) -> Found:
    """What was looked for, as the list shows it: spelled so, or coming close."""
    return finding.find(form.narrowed(), form.cleaned_data["q"], form.department_ids)


def shown_by(form: FilterForm) -> tuple[ServiceRequestQuerySet, bool]:
    """All that the list shows, page after page and in no order, and whether it only comes close to what was typed.

    A search that the list cuts short, since nobody reads so far, is whole here.
    """
    narrowed = form.narrowed()
    if not form.is_search:
        return narrowed, False
    found = found_by(form)
    if found.comes_close:
        return narrowed.filter(pk__in=found.ids), bool(found.ids)
    return narrowed.search(form.cleaned_data["q"]), False


def place_of(request: ServiceRequest) -> str:
    """Where ``request`` stands in any order of the list, before something is done to it."""
    row = {"due_key": request.due_key, "received_at": request.received_at, "id": request.pk}
    row["closed_at"] = request.closed_at or listing.EPOCH
    return APART.join(listing.Order(column).write_key(row) for column in COLUMNS)


def next_after(form: FilterForm, place: str) -> int | None:
    """Id of the request behind ``place``, among those that the list shows, in its order; None for the last."""
    keys = dict(zip(COLUMNS, place.split(APART), strict=False))
    if form.is_search:
        return _next_found(found_by(form), keys.get("due_key", ""))
    order = form.order
    found = form.narrowed().order_by(*order.names())
    key = order.read_key(keys.get(order.column, ""))
    if key is not None:
        found = found.filter(order.beyond(key, backwards=False))
    return cast("int | None", found.values_list("pk", flat=True).first())


def _next_found(found: Found, key: str) -> int | None:
    """Results of a search stand newest first, and the nearest first where they only come close."""
    left = listing.DUE.read_key(key)
    if left is None:
        return next(iter(found.ids), None)
    if left[1] in found.ids:
        return next(iter(found.ids[found.ids.index(left[1]) + 1 :]), None)
    return None if found.comes_close else next((pk for pk in found.ids if pk < left[1]), None)

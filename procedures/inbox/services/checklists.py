"""What is to be verified on each request of a procedure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from cms.accounts.models import User
from procedures.inbox.models import ChecklistItem, ChecklistTick, Event, ServiceRequest
from procedures.inbox.services.writing import begin, by_agent, moment, record
from procedures.inbox.transitions import Action


@transaction.atomic
def tick(
    request: ServiceRequest, *, items: Collection[ChecklistItem], agent: User, at: datetime | None = None
) -> Event | None:
    """Have exactly ``items`` verified; None where nothing changes.

    Items of other procedures are passed over. A tick that a colleague made and that stays keeps their name.

    Raises:
        NotYours: another department's.
    """
    begin(request, Action.WRITE, agent=agent)
    wanted = {item.pk for item in items if item.procedure_id == request.procedure_id}
    had = set(request.ticks.values_list("item_id", flat=True))
    ticked, unticked = sorted(wanted - had), sorted(had - wanted)
    if not ticked and not unticked:
        return None
    request.ticks.filter(item__in=unticked).delete()
    when = moment(at)
    ChecklistTick.objects.bulk_create(
        ChecklistTick(request=request, item_id=item, by=agent, at=when) for item in ticked
    )
    return record(request, Event.Kind.CHECKED, by_agent(agent), when, visible=False, ticked=ticked, unticked=unticked)

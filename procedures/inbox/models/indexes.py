"""The indexes of requests. A list is read from one alone, in order, whatever the filters (decision 19).

The column of a partial index's condition is in it, or SQLite would look up each row.
"""

from __future__ import annotations

from django.db import models

OPEN_ONLY, DECIDED_ONLY = models.Q(closed_at__isnull=True), models.Q(closed_at__isnull=False)
FILTERED = ("status", "agent", "team", "channel", "district", "procedure", "silence_effect")
"""What agents narrow a list by, department apart."""

INDEXES = [
    models.Index(
        fields=["due_key", "id", "department", *FILTERED, "received_at", "closed_at"],
        name="request_open_list",
        condition=OPEN_ONLY,
    ),
    models.Index(
        fields=["received_at", "id", "department", *FILTERED, "due_key", "closed_at"],
        name="request_open_newest",
        condition=OPEN_ONLY,
    ),
    models.Index(
        fields=["department", "due_key", "id", *FILTERED, "received_at", "closed_at"],
        name="request_of_department",
        condition=OPEN_ONLY,
    ),
    models.Index(
        fields=["agent", "due_key", "id", "department", "status", "closed_at"],
        name="request_of_agent",
        condition=OPEN_ONLY,
    ),
    models.Index(
        fields=["team", "due_key", "id", "department", "status", "agent", "closed_at"],
        name="request_of_team",
        condition=OPEN_ONLY & models.Q(team__isnull=False),
    ),
    models.Index(
        fields=["due_key", "id", "department", "closed_at", "resident_wrote_at"],
        name="request_wrote",
        condition=OPEN_ONLY & models.Q(resident_wrote_at__isnull=False),
    ),
    models.Index(
        fields=["due_key", "id", "department", "closed_at", "mail_failed_at"],
        name="request_mail_failed",
        condition=OPEN_ONLY & models.Q(mail_failed_at__isnull=False),
    ),
    models.Index(fields=["-closed_at", "-id", "department", *FILTERED], name="request_history", condition=DECIDED_ONLY),
    models.Index(
        fields=["department", "-closed_at", "-id", *FILTERED],
        name="request_history_of_desk",
        condition=DECIDED_ONLY,
    ),
    models.Index(
        fields=["agent", "-closed_at", "-id", "department", "status"],
        name="request_history_of_agent",
        condition=DECIDED_ONLY,
    ),
    models.Index(
        fields=["procedure", "-closed_at", "-id", "department", "status", "agent", "team", "channel", "district"],
        name="request_history_of_proc",
        condition=DECIDED_ONLY,
    ),
    # What is rare among all departments: the refusals, what came by post.
    models.Index(
        fields=["status", "-closed_at", "-id", "department", "channel", "district", "procedure", "silence_effect"],
        name="request_history_of_status",
        condition=DECIDED_ONLY,
    ),
    models.Index(
        fields=["channel", "-closed_at", "-id", "department", "status", "district", "procedure", "silence_effect"],
        name="request_history_of_chan",
        condition=DECIDED_ONLY,
    ),
    models.Index(
        fields=["closed_at", "received_at", "announced_on", "procedure"],
        name="request_answered",
        condition=DECIDED_ONLY,
    ),
    models.Index(fields=["received_at", "procedure", "department"], name="request_received"),
    # Likely duplicates: what is near.
    models.Index(
        fields=["latitude", "longitude", "procedure", "closed_at"],
        name="request_position",
        condition=OPEN_ONLY & models.Q(latitude__isnull=False),
    ),
    # Few: the figures of a day count them.
    models.Index(fields=["reopened_on"], name="request_reopened", condition=models.Q(reopened_on__isnull=False)),
    # All that one person asked for, open or answered.
    models.Index(
        fields=["requester_email", "-received_at"],
        name="request_of_person",
        condition=~models.Q(requester_email=""),
    ),
    models.Index(
        fields=["requester_phone", "-received_at"],
        name="request_of_phone",
        condition=~models.Q(requester_phone=""),
    ),
    # Few have one: what an agent entered, what was joined to another.
    models.Index(fields=["entered_by", "-id"], name="request_entered", condition=models.Q(entered_by__isnull=False)),
    models.Index(fields=["merged_into"], name="request_joined", condition=models.Q(merged_into__isnull=False)),
    # What retention still has to look at: those done with, the most in the long run, are not in it.
    models.Index(
        fields=["closed_at", "version"],
        name="request_to_purge",
        condition=DECIDED_ONLY & models.Q(purged_at__isnull=True),
    ),
]

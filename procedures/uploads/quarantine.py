"""Where a file stands with the antivirus, at reception and after.

A file is shown to the antivirus while it is being received, for a few seconds at most, so
that whoever sends a virus is told at once. Where there is no verdict in that time, the file is
kept and waits in quarantine: nobody opens it until a sweep has had its answer.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import IO, Any

from django.core.cache import cache
from django.core.files.storage import storages
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procedures.uploads.antivirus import AntivirusDown, AntivirusError, is_configured, is_infected

logger = logging.getLogger(__name__)

RECEPTION_SECONDS = 5
"""What a resident, and the web server's thread, may wait for a verdict."""
PAUSE_SECONDS = 30
"""After a failure nobody else waits: files go to quarantine straight away."""
SWEEP_SECONDS_PER_FILE, SWEEP_SECONDS = 60, 45
"""Of one file; of one sweep, which begins no further file after that."""
DOWN = "antivirus-down"


class Scan(models.TextChoices):
    """What the antivirus says of a file."""

    UNCHECKED = "unchecked", _("Not checked for viruses")  # the city has no antivirus
    WAITING = "waiting", _("Not yet checked for viruses")
    CLEAN = "clean", _("Checked, no virus found")
    INFECTED = "infected", _("Deleted: it held a virus")


class Scanned(models.Model):
    """A row that keeps a file, and what the antivirus says of it."""

    scan = models.CharField(max_length=9, choices=Scan, default=Scan.UNCHECKED)
    scan_tried_at = models.DateTimeField(null=True, editable=False)
    """When the sweep last asked; those never asked about come first."""
    storage_name = models.CharField(max_length=255, unique=True)

    class Meta:
        abstract = True

    @property
    def may_be_opened(self) -> bool:
        """Tell whether the file is there and out of quarantine."""
        return self.scan in {Scan.CLEAN, Scan.UNCHECKED}


def check_at_reception(stream: IO[bytes]) -> Scan:
    """What the antivirus says of a file that has just arrived; WAITING where it does not say it in time."""
    if not is_configured():
        return Scan.UNCHECKED
    if cache.get(DOWN):
        return Scan.WAITING
    try:
        return Scan.INFECTED if is_infected(stream, RECEPTION_SECONDS) else Scan.CLEAN
    except AntivirusError as problem:
        logger.warning("A file goes to quarantine, the antivirus gave no verdict: %s", problem)
        cache.set(DOWN, True, PAUSE_SECONDS)
        return Scan.WAITING


def sweep(files: models.QuerySet[Any], remove_infected: Callable[[Any], object]) -> int:
    """Ask about the files that wait; return how many have their verdict.

    One that cannot be checked takes its turn again after the others; where nobody answers, all
    wait for the next sweep. May run twice at a time: ``remove_infected`` decides under its own lock.

    Args:
        files: rows of a ``Scanned`` model, those in quarantine among them.
        remove_infected: what to do with a row that holds a virus.
    """
    waiting = files.filter(scan=Scan.WAITING)
    if not is_configured():
        return 0
    ends, settled = time.monotonic() + SWEEP_SECONDS, 0
    tried_in_turn = waiting.order_by(F("scan_tried_at").asc(nulls_first=True), "pk")
    for pk in list(tried_in_turn.values_list("pk", flat=True)[:500]):
        row = waiting.filter(pk=pk).first()
        if time.monotonic() > ends:
            break
        if row is None:  # gone, or settled by another worker
            continue
        waiting.filter(pk=pk).update(scan_tried_at=timezone.now())
        try:
            with storages["private"].open(row.storage_name) as stream:
                found = is_infected(stream, SWEEP_SECONDS_PER_FILE)
        except AntivirusDown as problem:
            logger.warning("The antivirus does not answer, files wait in quarantine: %s", problem)
            break
        except (AntivirusError, FileNotFoundError) as problem:
            logger.warning("File %s could not be checked: %s", row.storage_name, problem)
            continue
        if found:
            remove_infected(row)
        else:
            waiting.filter(pk=row.pk).update(scan=Scan.CLEAN)
        settled += 1
    return settled

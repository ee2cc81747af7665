"""``manage.py make_requests 100000``: fill the inbox with requests of people who do not exist."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from procedures.inbox.making.crowd import Crowd, gather_statistics
from procedures.inbox.making.rows import large_cache
from procedures.inbox.making.town import town
from procedures.inbox.models import ServiceRequest
from procedures.inbox.querysets import CITY_ZONE


class Command(BaseCommand):
    help = "Make up requests with their whole log, for trials and measures; never on a real inbox."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("total", type=int, help="how many requests")
        parser.add_argument("--up-to", action="store_true", help="only as many as are missing to that total")
        parser.add_argument("--seed", type=int, default=1, help="the same seed, day and inbox make the same requests")
        parser.add_argument("--years", type=float, default=3, help="over how many years they were received")
        parser.add_argument("--open", type=float, default=4, help="percent of them that wait for an answer")
        parser.add_argument("--agents", type=int, default=6, help="agents of each department, made up where missing")
        parser.add_argument("--teams", type=int, default=2, help="teams of each department, likewise")
        parser.add_argument("--today", help="day of the last one, as 2026-11-29; today if left out")
        parser.add_argument("--yes", action="store_true", help="do so on a real site")

    def handle(self, *args: Any, **options: Any) -> None:
        before = ServiceRequest.objects.count()
        total = max(options["total"] - (before if options["up_to"] else 0), 0)
        if settings.SESSION_COOKIE_SECURE and not options["yes"]:
            raise CommandError("This is a real site: invented requests would stay in its log. --yes if you must")
        place = town(options["agents"], options["teams"])
        if not place.offers:
            raise CommandError("Publish a procedure first: requests are made from it")
        now, share = self._now(options["today"]), options["open"] / 100
        crowd = Crowd(total, options["seed"], now, options["years"], share, before)
        with (
            large_cache(),
            tqdm(total=crowd.total, unit=" requests", leave=False, disable=options["verbosity"] < 1) as bar,
        ):
            for made in crowd.make(place):
                bar.update(made)
        gather_statistics()
        self.stdout.write(f"{crowd.total} requests made up")

    def _now(self, today: str | None) -> datetime:
        if today is None:
            return timezone.now()
        try:
            return datetime.fromisoformat(f"{today}T18:00").replace(tzinfo=CITY_ZONE).astimezone(UTC)
        except ValueError as error:
            raise CommandError("--today: a date, as 2026-11-29") from error

"""What the dashboard costs when a town has had so many requests: ``python -m tests.bench.figures 1000000``.

The dashboard reads tallies alone, so only these are made up: three years of days, each with its share of the
requests over every department, procedure, channel and district there is, answered after 0 to 60 days. Whatever was
counted before is lost: never on a real site.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
django.setup()

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tqdm import tqdm

from cms.memory import settle
from directory.models import District
from procedures.definition.models import Procedure
from procedures.inbox.querysets import city_today
from procedures.inbox.transitions import Channel
from procedures.statistics.cells import Book, Cell
from procedures.statistics.models import Span, Tally
from procedures.statistics.services import count_month

YEARS, ROUNDS = 3, 15
DASHBOARD = "/admin/chiffres/"
QUESTIONS = {
    "twelve months, by procedure": "",
    "by channel, with the year before": "?by=channel&compare=year",
    "by district, with the period before": "?by=district",
    "one procedure, by channel, one district": "?by=channel&procedure={procedure}&district={district}",
    "from the 5th to the 23rd, 13 months": "?period=chosen&since={since}&until={until}",
    "this month, day by day": "?period=month",
    "its chart": "evolution.svg",
    "its spreadsheet": "detail.xlsx",
}


def cells() -> list[Cell]:
    """Every place where a request may count; each procedure has one department, as most have."""
    districts = [*District.objects.values_list("pk", flat=True), None]
    return [
        Cell(department, procedure, channel, district)
        for procedure, department in Procedure.objects.values_list("pk", "department_id")
        for channel in Channel.values
        for district in districts
    ]


def book_of(chance: random.Random, places: list[Cell], number: int) -> Book:
    """Count a day of ``number`` requests."""
    book = Book()
    for place in chance.choices(places, k=number):
        sums, days = book[place], min(int(chance.expovariate(1 / 12)), 60)
        kept = {"promised": 1, "promise_kept": int(days <= 15), "bound": 1, "bound_kept": 1, "first_contact": days % 2}
        sums.numbers.update({"received": 1, "decided": 1} | kept)
        sums.days[days] += 1
        if chance.random() < 0.15:
            sums.steps[chance.choice((1, 3, 4, 4, 5, 5))] += 1
    return book


def fill(total: int) -> None:
    """Write the tallies of ``total`` requests."""
    chance, places, today = random.Random(total), cells(), city_today()
    first = today - timedelta(days=YEARS * 365)
    Tally.objects.exclude(span=Span.NOW).delete()
    for number in tqdm(range(YEARS * 365 + 1), unit=" days", leave=False):
        day = first + timedelta(days=number)
        rows = book_of(chance, places, total // (YEARS * 365)).tallies(Span.DAY, day)
        Tally.objects.bulk_create(rows, batch_size=500)
    for month in sorted({(first + timedelta(days=number)).replace(day=1) for number in range(YEARS * 365 + 1)}):
        count_month(month)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(total: int) -> None:
    """Ask each question several times, as an administrator, who sees all departments."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(get_user_model().objects.filter(is_superuser=True).first())
    today, known = city_today(), {"procedure": Procedure.objects.first().pk}
    known |= {"district": getattr(District.objects.first(), "pk", 0), "since": date(today.year - 2, 5, 5)}
    known |= {"until": date(today.year - 1, 6, 23)}
    print(f"{total:,} requests, {Tally.objects.count():,} tallies, {connection.vendor}\n")
    print("| question | ms in all | ms of processor | queries |\n|---|---|---|---|")
    for name, query in QUESTIONS.items():
        whole, processor, queries = [], [], 0
        for _round in range(ROUNDS):
            with CaptureQueriesContext(connection) as captured:
                begun, worked = time.perf_counter(), time.process_time()
                answer = client.get(DASHBOARD + query.format(**known))
                whole.append(1000 * (time.perf_counter() - begun))
                processor.append(1000 * (time.process_time() - worked))
            assert answer.status_code == 200, answer.status_code
            queries = len(captured)
        print(f"| {name} | {statistics.median(whole):.0f} | {statistics.median(processor):.0f} | {queries} |")


if __name__ == "__main__":
    if "--keep" not in sys.argv:  # measure again what is there
        fill(int(sys.argv[1]))
    settle()  # as a served process does
    measure(int(sys.argv[1]))

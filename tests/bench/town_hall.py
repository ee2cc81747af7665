"""A town hall at work: agents who answer while residents file, all at once, and nobody loses anything."""

from __future__ import annotations

import itertools
import json
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from html import unescape
from http.client import HTTPException
from urllib.parse import urlencode

from tests.bench.engine import requests_now
from tests.bench.filing import THOUGHT_SECONDS, Load, Resident, load, summary_of
from tests.bench.servers import ROOT, Server

INBOX = "/admin/demandes/"
LINE = re.compile(rf'href="{INBOX}(\d+)/[^"]*"')
FORM = re.compile(r'<form id="desk".*?</form>', re.DOTALL)
BUTTON = re.compile(r'formaction="([^"]*/(take|note|message)/[^"]*)"')
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')
LISTS = ("", "?whose=mine", "?whose=nobody", "?due=overdue", "?channel=portal", "?q=martin", "?q=0612")


class Agent(Resident):
    """A browser that is signed in: reads lists, opens requests, takes them, writes notes and messages."""

    conflicts = 0
    """How often a colleague was quicker, and the page said so."""

    def work(self) -> str:
        """One request, from the list to an act on it; return what was done."""
        text = self.read(INBOX + random.choice(LISTS))
        found = LINE.findall(text)
        if not found:
            return "nothing there"
        self.think()
        text = self.read(f"{INBOX}{random.choice(found[:20])}/")
        form = FORM.search(text)
        assert form, "a request without actions"
        address, slug = random.choice(BUTTON.findall(form[0]))
        self.think()
        fields = {**_hidden(form[0]), f"{slug}-text": "Pièce vérifiée, dossier à jour."}
        status, _to, _text = self.ask("POST", unescape(address), urlencode(fields))
        if status in (409, 422):
            self.conflicts += 1
        else:
            assert status == 302, (address, status)
        return slug

    def read(self, path: str) -> str:
        """A page of the admin."""
        cookie = self.cookie
        status, to, text = self.ask("GET", path)
        self.cookie = cookie  # the session's own; messages add another
        assert status == 200, (path, status, to)
        return text


def _hidden(form: str) -> dict[str, str]:
    """The hidden fields of a form, as the browser would send them."""
    found = [dict(ATTRIBUTE.findall(field)) for field in HIDDEN.findall(form)]
    return {field["name"]: unescape(field.get("value", "")) for field in found if "name" in field}


def hire(count: int) -> list[str]:
    """Cookies of so many agents."""
    command = [sys.executable, "-m", "tests.bench.staff", str(count)]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def answer(server: Server, cookies: list[str], seconds: float) -> tuple[Load, int]:
    """Let agents work for so many seconds; return what they met with, and how often two met on one request."""
    met, lock, conflicts = Load(), threading.Lock(), itertools.count()
    until = time.monotonic() + seconds

    def live(cookie: str) -> None:
        agent = Agent(server, rest=THOUGHT_SECONDS, cookie=cookie)
        time.sleep(random.uniform(0, THOUGHT_SECONDS[1]))
        while time.monotonic() < until:
            agent.cookie = cookie
            try:
                done = agent.work()
            except (AssertionError, OSError, HTTPException) as error:
                with lock:
                    met.errors.append(repr(error))
                agent.think()  # who is refused does not ask a hundred times a second
            else:
                with lock:
                    met.filed.append(done)
        with lock:
            met.latencies_ms += agent.latencies_ms
            for _ in range(agent.conflicts):
                next(conflicts)

    staff = [threading.Thread(target=live, args=(cookie,)) for cookie in cookies]
    for one in staff:
        one.start()
    for one in staff:
        one.join()
    return met, next(conflicts)


def town_hall_report(
    server: Server, steps: list[dict[str, str]], agents: int, residents: int, seconds: float
) -> list[str]:
    """Agents answering while residents file."""
    cookies, summary = hire(agents), summary_of(steps)
    before = requests_now()
    met: list[Load] = []
    filing = threading.Thread(
        target=lambda: met.append(load(server, lambda one: one.file(steps, summary), residents, seconds))
    )
    filing.start()
    answered, conflicts = answer(server, cookies, seconds)
    filing.join()
    filed = met[0]
    lost = len(filed.filed) - (requests_now() - before)
    return [
        f"{agents} agents and {residents} residents for {seconds:.0f} s: {len(answered.filed)} requests handled, "
        f"{len(filed.filed)} filed, {len(answered.latencies_ms) + len(filed.latencies_ms)} pages, "
        f"{len(answered.errors) + len(filed.errors)} errors, {lost} lost, {conflicts} times a colleague was quicker",
        *(f"  {error}" for error in [*answered.errors, *filed.errors][:5]),
        f"  agents: p50 {statistics.median(answered.latencies_ms):.0f} ms, p95 {answered.p95_ms():.0f} ms; "
        f"residents: p50 {statistics.median(filed.latencies_ms):.0f} ms, p95 {filed.p95_ms():.0f} ms",
    ]

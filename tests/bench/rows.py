"""The rows of the table, and what each asks."""

from __future__ import annotations

import http.cookiejar
import json
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path

from tests.bench.measure import CLIENTS, Ask, Row
from tests.bench.servers import ROOT, Server

FORM = "application/x-www-form-urlencoded"


def addresses() -> dict[str, str]:
    """Ask the database what there is to ask for."""
    command = [sys.executable, "-m", "tests.bench.addresses"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def site_rows(server: Server) -> list[Row]:
    """Make the rows of the public site and of the form."""
    found = addresses()
    step, body = found["step"], found["step_body"].encode()
    drafts = [draft_cookie(server, step, body) for _ in range(CLIENTS)]

    def reads_step(client: int) -> Ask:
        return Ask(step, headers={"Cookie": drafts[client]})

    def answers_step(client: int) -> Ask:
        headers = {"Cookie": drafts[client], "Content-Type": FORM, "Sec-Fetch-Site": "same-origin"}
        return Ask(step, "POST", headers, body, expect=302)

    return [
        Row("home", server, lambda client: Ask("/"), aim=60),
        Row("guide", server, lambda client: Ask(found["guide"]), aim=60),
        Row("agenda", server, lambda client: Ask(found["agenda"]), aim=90),
        Row("search", server, lambda client: Ask(found["search"]), aim=70),
        Row("404", server, lambda client: Ask("/nulle-part/", expect=404), aim=10, requests=300),
        Row("procedure step, GET", server, reads_step),
        Row("procedure step, POST", server, answers_step, aim=25, requests=200),
    ]


def inbox_row(server: Server, size: int, var: Path) -> Row:
    """Make the row of the inbox's first page, as an administrator, who sees all departments."""
    cookie = staff_cookie(server, json.loads((var / "demo-accounts.json").read_text())["admin"])
    ask = Ask("/admin/demandes/", headers={"Cookie": cookie})
    return Row(f"inbox of {size:,} requests", server, lambda client: ask)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Keep the redirect itself as the answer."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        """Follow nothing."""


def browser() -> tuple[urllib.request.OpenerDirector, http.cookiejar.CookieJar]:
    """Make a client that keeps cookies and follows no redirect."""
    jar = http.cookiejar.CookieJar()
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), NoRedirect), jar


def post(server: Server, path: str, body: bytes, opener: urllib.request.OpenerDirector, **headers: str) -> None:
    """Send a form.

    Raises:
        AssertionError: the answer is no redirect, so the form was not accepted.
    """
    site = f"http://127.0.0.1:{server.port}"
    request = urllib.request.Request(site + path, body, {"Content-Type": FORM, "Origin": site, **headers})
    try:
        status = opener.open(request).status
    except urllib.error.HTTPError as error:
        status = error.code
    assert status == 302, f"POST {path}: {status}"


def cookies(jar: http.cookiejar.CookieJar) -> str:
    """Write the cookies of a client as a header."""
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def draft_cookie(server: Server, step: str, body: bytes) -> str:
    """Begin a draft and return its cookie."""
    opener, jar = browser()
    post(server, step, body, opener)
    return cookies(jar)


def staff_cookie(server: Server, account: dict[str, str]) -> str:
    """Log in and return the session's cookies."""
    opener, jar = browser()
    opener.open(f"http://127.0.0.1:{server.port}/admin/login/").read()
    token = next(cookie.value for cookie in jar if cookie.name == "csrftoken") or ""
    fields = {"username": account["email"], "password": account["password"], "csrfmiddlewaretoken": token, "next": ""}
    post(server, "/admin/login/", urllib.parse.urlencode(fields).encode(), opener)
    return cookies(jar)

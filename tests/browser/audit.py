"""What is looked at on each page: axe, reflow, strangers, headers, weight."""

from __future__ import annotations

import gzip
import re
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.browser.filling import Side, go_on, walk
from tests.browser.tools import AXE

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice"]
SIDES: tuple[Side, ...] = ("first", "last")
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}
REFLOW_SCRIPT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Checked:
    """What one page has shown."""

    address: str
    status: int = 200
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    overflow_px: int = 0
    strangers: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    """Style sheets and scripts."""


@dataclass(frozen=True)
class Answer:
    """An answer to a plain GET, as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: list[str]


def get(address: str) -> Answer:
    """Ask as a client without cookies that accepts compressed answers."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "br, gzip", "Accept-Language": "fr"})
    try:
        with urllib.request.urlopen(request, timeout=30) as found:
            body, status, headers = found.read(), found.status, found.headers
    except urllib.error.HTTPError as error:
        body, status, headers = error.read(), error.code, error.headers
    return Answer(
        status, {name.lower(): value for name, value in headers.items()}, body, headers.get_all("Set-Cookie", [])
    )


def weight(answer: Answer) -> int:
    """Count the bytes that travel; what is not compressed here is by the server in front, at gzip's usual level."""
    return len(answer.body) if "content-encoding" in answer.headers else len(gzip.compress(answer.body, 6))


def sitemap(address: str) -> list[str]:
    """List the addresses of the sitemap, those of a sitemap of sitemaps included."""
    text = get(address).body.decode()
    found = re.findall(r"<loc>\s*([^<\s]+)\s*</loc>", text)
    if "<sitemapindex" in text:
        return [page for part in found for page in sitemap(part)]
    return found


def run_axe(page: Page) -> list[str]:
    """Return the violations of the page as it stands, one line per faulty element."""
    page.evaluate(AXE.read_text())
    script = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
    found: dict[str, Any] = page.evaluate(script, TAGS)
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node.get('failureSummary', '')}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def look_at(page: Page, address: str) -> Checked:
    """Check the page that is open."""
    result = Checked(address, html=page.content())
    result.violations = run_axe(page)
    result.linked = page.eval_on_selector_all(
        "link[rel=stylesheet], script[src]", "found => found.map(one => one.href || one.src)"
    )
    page.set_viewport_size(NARROW)
    result.overflow_px = page.evaluate(REFLOW_SCRIPT)
    page.set_viewport_size(WIDE)
    return result


def open_and_check(page: Page, address: str) -> Checked:
    """Open an address and check what comes."""
    strangers: list[str] = []
    host = urlsplit(address).netloc

    def note(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != host:
            strangers.append(request.url)

    page.on("request", note)
    response = page.goto(address)
    assert response is not None
    result = look_at(page, address)
    page.remove_listener("request", note)
    result.html, result.status, result.strangers = response.text(), response.status, strangers
    result.headers = {name.lower(): value for name, value in response.headers.items()}
    return result


def check_all(context: BrowserContext, site: str) -> list[Checked]:
    """Check every page of the sitemap, then the pages that it does not name, at the address where the site runs."""
    page = context.new_page()
    addresses = [urljoin(site, urlsplit(found).path) for found in sitemap(f"{site}/sitemap.xml")]
    others = ["/suivi/", "/recherche/?q=naissance", "/recherche/?q=xyzxyz", "/en/suivi/", "/ar/recherche/?q=naissance"]
    return [open_and_check(page, address) for address in [*addresses, *(site + other for other in others)]]


def starts_of_procedures(checked: list[Checked]) -> list[str]:
    """List the addresses where a procedure begins, in each language, once each."""
    links = (
        urljoin(result.address, link)
        for result in checked
        for link in re.findall(r'href="((?:/[a-z]{2})?/remplir/[^/"]+/)"', result.html)
    )
    return list(dict.fromkeys(links))


def check_steps(browser: Browser, options: dict[str, Any], start: str) -> list[Checked]:
    """Check the steps of a procedure and its summary, as they come and with their errors.

    Two residents go through it, one taking all first choices, the other all last ones.
    """
    found: dict[str, Checked] = {}

    def look(page: Page) -> None:
        address = page.url
        if address in found:
            return
        found[address] = look_at(page, address)
        go_on(page)
        if page.locator(".errors").count():
            found[f"{address} with errors"] = look_at(page, f"{address} with errors")
        else:  # nothing is compulsory here: come back
            page.goto(address)

    for side in SIDES:
        context = browser.new_context(**options, viewport=WIDE)
        walk(context.new_page(), start, look, side)
        context.close()
    return list(found.values())

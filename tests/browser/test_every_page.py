"""Promises that every public page keeps."""

import re
from collections import Counter

from tests.browser.audit import get, weight
from tests.browser.verdicts import expect_none, html_faults, told

HEAVIEST_BYTES = 30 * 1024
LANGUAGES = ("", "/en", "/ar")


def test_the_sitemap_names_pages_of_every_room_and_language(city, checked):
    paths = [result.address.removeprefix(city.address) for result in checked]
    assert len(paths) == len(set(paths))
    assert len(paths) > 100
    languages = Counter(path[:4] if path.startswith(("/en/", "/ar/")) else "/" for path in paths)
    assert min(languages["/"], languages["/en/"], languages["/ar/"]) > 5, languages


def test_every_page_answers(checked):
    assert [(result.address, result.status) for result in checked if result.status != 200] == []


def test_no_page_has_an_axe_violation(checked):
    expect_none(told(checked, "violations"))


def test_no_page_scrolls_sideways_on_a_phone_of_320_px(checked):
    assert [(result.address, result.overflow_px) for result in checked if result.overflow_px > 0] == []


def test_no_page_asks_anything_of_another_host(checked):
    expect_none(told(checked, "strangers"))


def test_every_page_forbids_inline_scripts_and_styles(checked):
    for result in checked:
        policy = result.headers.get("content-security-policy", "")
        assert "default-src 'none'" in policy, result.address
        assert "unsafe-" not in policy, result.address
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*\bsrc=)(?![^>]*json)", result.html), result.address


def test_every_page_names_its_language_and_direction(checked):
    for result in checked:
        opening = re.search(r"<html[^>]*>", result.html)
        language = re.search(r"^https?://[^/]+/(en|ar)/", result.address)
        wanted = language.group(1) if language else "fr"
        assert opening, result.address
        assert f'lang="{wanted}"' in opening.group(), result.address
        assert ('dir="rtl"' in opening.group()) == (wanted == "ar"), result.address


def test_no_public_page_sets_a_cookie(checked):
    assert [result.address for result in checked if "set-cookie" in result.headers] == []
    assert [result.address for result in checked[:40] if get(result.address).cookies] == []


def test_a_page_weighs_thirty_kilobytes_at_most(checked):
    parts: dict[str, int] = {}
    heavy = []
    for result in checked:
        for address in result.linked:
            if address not in parts:
                parts[address] = weight(get(address))
        total = weight(get(result.address)) + sum(parts[address] for address in result.linked)
        if total > HEAVIEST_BYTES:
            heavy.append((result.address, total))
    assert heavy == []


def test_every_page_is_valid_html(checked, tmp_path):
    expect_none(html_faults({result.address: result.html for result in checked}, tmp_path))

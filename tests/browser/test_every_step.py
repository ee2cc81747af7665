"""Promises that every step of every procedure keeps, as it comes and with its errors."""

from tests.browser.verdicts import expect_none, html_faults, told


def test_every_procedure_can_be_gone_through_in_every_language(city, steps):
    summaries = [found.address for found in steps if found.address.endswith("/verifier/")]
    paths = [address.removeprefix(city.address) for address in summaries]
    assert len([path for path in paths if path.startswith("/remplir/")]) == 7
    assert [path for path in paths if path.startswith("/ar/")]


def test_no_step_has_an_axe_violation(steps):
    expect_none(told(steps, "violations"))


def test_no_step_scrolls_sideways_on_a_phone_of_320_px(steps):
    assert [(found.address, found.overflow_px) for found in steps if found.overflow_px > 0] == []


def test_an_empty_step_says_what_is_missing_and_links_to_it(steps):
    failed = [found for found in steps if found.address.endswith("with errors")]
    assert failed
    for found in failed:
        assert 'class="errors"' in found.html, found.address


def test_every_step_is_valid_html(steps, tmp_path):
    expect_none(html_faults({found.address: found.html for found in steps}, tmp_path))

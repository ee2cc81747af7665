"""From number and e-mail to the request, and nothing for the curious."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from procedures.inbox.tracking_number import new_tracking_number, shown
from procedures.tracking.views import BY_ADDRESS, BY_NUMBER

pytestmark = pytest.mark.django_db


def ask(resident, number, email="camille@exemple.fr", **headers):
    return resident.post("/suivi/", {"number": number, "email": email}, **headers)


@pytest.mark.parametrize("typed", [str, str.lower, lambda n: n.replace("-", " "), lambda n: n.removeprefix("VAL-")])
def test_number_and_email_lead_to_the_request(resident, filed, link, typed):
    response = ask(resident, typed(filed.number), " Camille@Exemple.FR ")
    assert (response.status_code, response.headers["Location"]) == (302, link)
    assert resident.get(link).status_code == 200


def test_wrong_pairs_are_answered_alike(resident, filed):
    nobody = shown(new_tracking_number())
    answers = {}
    for name, number, email in (
        ("known number", filed.number, "autre@exemple.fr"),
        ("unknown number", nobody, "autre@exemple.fr"),
        ("no number at all", "VAL-0000", "autre@exemple.fr"),
        ("somebody else's e-mail", nobody, "camille@exemple.fr"),
    ):
        response = ask(resident, number, email)
        text = response.content.decode().replace(number, "N").replace(email, "E")
        answers[name] = (response.status_code, text, sorted(response.headers.items()))
    first = answers.pop("known number")
    assert first[0] == 400
    for name, answer in answers.items():
        assert (answer[0], answer[1]) == first[:2], name


def test_wrong_pairs_cost_the_same_queries(resident, filed, django_assert_num_queries):
    ask(resident, filed.number, "autre@exemple.fr")
    for number in (filed.number, shown(new_tracking_number()), "VAL-0000"):
        with django_assert_num_queries(1):
            ask(resident, number, "autre@exemple.fr")


def test_request_without_email_is_not_found_by_an_empty_one(resident, filed):
    type(filed).objects.filter(pk=filed.pk).update(requester_email="")
    assert ask(resident, filed.number, "nobody@invalid").status_code == 400
    assert ask(resident, filed.number, "").status_code == 400


def test_number_tried_too_often_is_refused_even_with_the_right_email(resident, filed, link):
    for number in range(BY_NUMBER.tries):
        assert ask(resident, filed.number, "autre@exemple.fr", REMOTE_ADDR=f"192.0.2.{number}").status_code == 400
    response = ask(resident, filed.number, REMOTE_ADDR="192.0.2.99")
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= BY_NUMBER.window_seconds
    assert resident.get(link).status_code == 200, "the secret link locks nobody out"


def test_unknown_number_is_refused_as_soon_as_a_known_one(resident, filed):
    nobody = shown(new_tracking_number())
    statuses = [
        ask(resident, nobody, "autre@exemple.fr", REMOTE_ADDR=f"192.0.2.{number}").status_code
        for number in range(BY_NUMBER.tries + 1)
    ]
    assert statuses == [400] * BY_NUMBER.tries + [429]


def test_number_written_in_other_ways_counts_as_one(resident, filed):
    ways = [filed.number, filed.number.lower(), filed.number.replace("-", ""), filed.number[4:], filed.number + " "]
    for way in ways:
        ask(resident, way, "autre@exemple.fr")
    assert ask(resident, filed.number).status_code == 429


def test_address_that_tries_many_numbers_is_refused(resident, filed):
    for _ in range(BY_ADDRESS.tries):
        ask(resident, shown(new_tracking_number()), "autre@exemple.fr")
    assert ask(resident, filed.number).status_code == 429
    assert ask(resident, filed.number, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_home_with_many_ipv6_addresses_is_one_address(resident, filed):
    for number in range(BY_ADDRESS.tries):
        ask(resident, shown(new_tracking_number()), "autre@exemple.fr", REMOTE_ADDR=f"2001:db8:1:2::{number:x}")
    assert ask(resident, filed.number, REMOTE_ADDR="2001:db8:1:2:ffff::1").status_code == 429
    assert ask(resident, filed.number, REMOTE_ADDR="2001:db8:1:3::1").status_code == 302


def test_one_may_try_again_later(resident, filed, time_machine):
    for _ in range(BY_NUMBER.tries):
        ask(resident, filed.number, "autre@exemple.fr")
    assert ask(resident, filed.number).status_code == 429
    time_machine.move_to(timezone.now() + timedelta(seconds=BY_NUMBER.window_seconds))
    assert ask(resident, filed.number).status_code == 302


def test_right_answers_count_for_nothing(resident, filed):
    for _ in range(BY_NUMBER.tries + 2):
        assert ask(resident, filed.number).status_code == 302


@pytest.mark.parametrize(
    ("number", "email"),
    [("", ""), ("A" * 5_000, "x@y.fr"), ("VAL\x00", "x@y.fr"), ("VAL-7F3K", "no address"), ("'; --", "é@é.fr")],
)
def test_bad_input_is_a_clear_answer(resident, number, email):
    response = ask(resident, number, email)
    assert response.status_code == 400
    assert "data-error-summary" in response.content.decode()


def test_form_from_another_site_is_refused(resident, filed):
    assert ask(resident, filed.number, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_endless_text_is_refused_in_words(resident, db, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
    response = resident.post("/en/suivi/", {"number": "A" * 2_000_000, "email": "x@y.fr"})
    assert response.status_code == 413
    assert "too long" in response.content.decode()


@pytest.mark.parametrize("address", ["/suivi/", "/en/suivi/", "/ar/suivi/"])
def test_form_sets_no_cookie_and_asks_the_database_nothing_once_known(resident, db, address, django_assert_num_queries):
    resident.get(address)
    with django_assert_num_queries(0):
        response = resident.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"

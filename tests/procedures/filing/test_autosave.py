"""Saving while the resident types: right or wrong, without a word on errors."""

import pytest
import time_machine

from procedures.filing.models import Draft
from tests.factories.filing import COPY, EXTRACT, WHO, Resident, a_pdf, typed
from tests.factories.procedures import block_id

pytestmark = pytest.mark.django_db


def autosave(resident, step, data, **headers):
    return resident.client.post(
        resident.url(step), data, headers={"Origin": "http://testserver", "X-Autosave": "1", **headers}
    )


def answers():
    return Draft.objects.get().data.get("answers", {})


def test_the_first_saving_makes_the_draft_and_its_cookie(resident):
    with time_machine.travel("2026-11-22T13:02:00Z", tick=False):
        response = autosave(resident, "1", typed(prenom="Na"))
    text = response.json()["text"].replace("\N{NO-BREAK SPACE}", " ")
    assert text == "Draft saved at 14 h 02. You can close this page and come back."
    assert response.headers["Cache-Control"] == "no-store"
    assert response.cookies[f"draft-{resident.procedure.pk}"]["httponly"]
    assert 'value="Na"' in resident.get("1").text


def test_what_is_wrong_is_kept_and_not_spoken_of(resident):
    response = autosave(resident, "1", {**WHO, **typed(email="nadia@")})
    assert response.status_code == 200
    assert set(response.json()) == {"text"}
    page = resident.get("1").text
    assert 'value="nadia@"' in page
    assert 'class="errors"' not in page


def test_a_step_saved_so_still_has_to_be_gone_through(resident):
    autosave(resident, "1", WHO)
    assert answers() == {}
    assert resident.get("2").headers["Location"] == f"{resident.url('1')}?avis=ordre"
    assert resident.post("1", WHO).headers["Location"] == resident.url("2")


def test_an_answer_given_before_is_given_anew(resident):
    resident.answer_everything()
    autosave(resident, "1", {**WHO, **typed(nom="Benali")})
    assert answers()[block_id("nom")] == "Benali"
    assert "Benali" in resident.get("verifier").text


def test_an_answer_typed_wrongly_since_is_no_longer_sent(resident):
    resident.answer_everything()
    autosave(resident, "1", {**WHO, **typed(email="nadia@")})
    assert block_id("email") not in answers()
    assert resident.send().headers["Location"] == f"{resident.url('1')}?avis=ordre"


def test_a_file_that_waits_is_neither_lost_nor_asked_for_again(resident):
    resident.post("1", WHO)
    resident.post("2", COPY)
    resident.post("3", typed(piece=a_pdf(), naissance="14/07/1990"))
    autosave(resident, "3", typed(naissance="14/07/1991"))
    assert resident.get("verifier").status_code == 200


def test_what_other_steps_hold_is_left_alone(resident):
    resident.answer_everything()
    autosave(resident, "2", typed(urgent="yes"))
    assert answers()[block_id("nom")] == "Martin"


def test_after_the_sending_nothing_more_is_saved(resident):
    resident.answer_everything()
    resident.send()
    response = autosave(resident, "1", WHO)
    assert (response.status_code, response.json()["stop"]) == (410, True)
    assert not Draft.objects.exists()


def test_an_expired_draft_is_not_made_anew_behind_ones_back(resident):
    resident.post("1", WHO)
    Draft.objects.update(expires_at="2020-01-01T00:00:00Z")
    response = autosave(resident, "1", WHO)
    assert (response.status_code, response.json()["stop"]) == (410, True)
    assert Draft.objects.count() == 1


def test_it_says_in_the_language_of_the_page(resident):
    resident.prefix = "/ar"
    assert "You can close this page" in autosave(resident, "1", WHO).json()["text"]
    assert Draft.objects.get().language == "ar"


def test_another_site_cannot_save(resident):
    response = autosave(resident, "1", WHO, Origin="https://evil.example")
    assert response.status_code == 403
    assert not Draft.objects.exists()


def test_too_many_drafts_from_one_address_are_not_made_by_typing_either(settings, resident, procedure):
    settings.FILING_RATES = {**settings.FILING_RATES, "drafts_per_address": "1/hour"}
    autosave(resident, "1", WHO)
    response = autosave(Resident(procedure), "1", WHO)
    assert response.status_code == 429
    assert "Retry-After" in response.headers
    assert Draft.objects.count() == 1


def test_files_past_the_limit_are_refused_and_the_rest_is_kept(settings, resident):
    settings.FILING_RATES = {**settings.FILING_RATES, "files_per_address": "1/hour"}
    resident.post("1", WHO)
    resident.post("2", COPY)
    assert resident.post("3", typed(piece=a_pdf(), naissance="jamais")).status_code == 422
    page = resident.post("3", typed(piece=a_pdf("second.pdf"), naissance="14/07/1990"))
    assert page.status_code == 429
    assert "This file was not kept: too many have come from your connection." in page.text
    assert "acte.pdf" in page.text
    assert "14/07/1990" in page.text


def test_every_page_says_how_long_the_draft_is_kept(resident):
    with time_machine.travel("2026-11-22T13:02:00Z", tick=False):
        resident.post("1", WHO)
        resident.post("2", EXTRACT)
        for step in ("1", "2", "verifier"):
            page = resident.get(step).text.replace("\N{NO-BREAK SPACE}", " ")
            assert "Not sent, it is deleted on 22 décembre 2026." in page

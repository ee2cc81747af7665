"""Robots are kept out, and no resident is: what stands between the summary and the inbox."""

import base64
import json
import re
from datetime import timedelta
from html import unescape

import altcha
import pytest
from django.contrib.auth.models import Permission

from procedures.filing.models import Draft
from procedures.filing.proof import is_proof, new_challenge
from procedures.inbox.models import ServiceRequest
from tests.factories.filing import WHO, Resident
from tests.factories.inbox import make_agent

pytestmark = pytest.mark.django_db

OFF = dict.fromkeys(
    f"{kind}_per_{whose}" for kind in ("drafts", "requests", "files", "calm") for whose in ("address", "procedure")
)


@pytest.fixture(autouse=True)
def _clock(settings, time_machine):
    time_machine.move_to("2026-11-22T10:00:00Z", tick=False)
    settings.FILING_MIN_SECONDS, settings.FILING_WAIT_SECONDS, settings.FILING_PROOF_HASHES = 3, 20, 200
    settings.FILING_RATES = dict.fromkeys(OFF, "0")


def limited(settings, **rates):
    settings.FILING_RATES = {**settings.FILING_RATES, **rates}


@pytest.fixture
def ready(resident, time_machine):
    """A resident who has read the summary, ten seconds after the first step."""
    resident.answer_everything()
    time_machine.shift(timedelta(seconds=10))
    return resident


def value_of(page, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    return unescape(found.group(1)) if found else None


def challenge_in(page):
    return json.loads(unescape(re.search(r'data-challenge="([^"]*)"', page.text).group(1)))


def solved(challenge):
    found = altcha.solve_challenge(altcha.Challenge.from_dict(challenge))
    return base64.b64encode(json.dumps({"challenge": challenge, "solution": found.to_dict()}).encode()).decode()


def filed():
    return ServiceRequest.objects.count()


class TestTooFast:
    def test_what_is_sent_within_seconds_is_asked_for_once_more_and_lost_to_nobody(self, resident, time_machine):
        resident.answer_everything()
        page = resident.send()
        assert page.status_code == 422
        assert "Please check once more, then send" in page.text
        assert "nadia@example.org" in page.text
        assert "checked" in page.text
        assert Draft.objects.count() == 1
        time_machine.shift(timedelta(seconds=4))
        assert resident.post("verifier", declaration="on", again=value_of(page, "again")).status_code == 302
        assert filed() == 1

    def test_a_page_without_the_second_one_s_marks_is_enough_after_a_moment(self, resident, time_machine):
        resident.answer_everything()
        resident.send()
        time_machine.shift(timedelta(seconds=4))
        assert resident.send().status_code == 302

    def test_whoever_takes_a_moment_notices_nothing(self, ready):
        assert ready.send().status_code == 302

    def test_an_agent_at_the_counter_is_never_too_fast(self, procedure, settings, client):
        limited(settings, requests_per_address="1/hour", calm_per_address="1/hour", drafts_per_address="1/hour")
        agent = make_agent(procedure.department)
        agent.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", "change_servicerequest"]))
        client.force_login(agent)
        entering = Resident(procedure)
        entering.client = client
        for _number in range(3):
            data = {"procedure": procedure.pk, "channel": "counter", "language": "fr"}
            assert client.post("/admin/saisir-une-demande/", data).status_code == 302
            entering.answer_everything()
            assert 'name="website"' not in entering.get("verifier").text
            assert entering.send().status_code == 302
        assert filed() == 3


class TestHiddenField:
    def test_the_field_is_out_of_sight_of_the_tab_key_and_of_autofill(self, ready):
        page = ready.get("verifier").text
        assert '<div class="form__more">' in page
        field = re.search(r'<input id="id_website"[^>]*>', page).group()
        assert 'tabindex="-1"' in field
        assert 'autocomplete="off"' in field

    def test_left_empty_it_changes_nothing(self, ready):
        assert ready.post("verifier", declaration="on", website="").status_code == 302

    def test_filled_in_by_a_browser_it_costs_a_second_press_and_nothing_else(self, ready, time_machine):
        page = ready.post("verifier", declaration="on", website="https://exemple.fr")
        assert page.status_code == 422
        assert filed() == 0
        assert 'name="website"' not in page.text
        time_machine.shift(timedelta(seconds=4))
        again = value_of(page, "again")
        assert ready.post("verifier", declaration="on", again=again, website="https://exemple.fr").status_code == 302

    def test_a_robot_that_presses_again_at_once_is_asked_again(self, ready):
        page = ready.post("verifier", declaration="on", website="spam")
        assert ready.post("verifier", declaration="on", again=value_of(page, "again")).status_code == 422

    def test_a_robot_that_fills_the_same_page_again_never_gets_through(self, ready, time_machine):
        for _try in range(3):
            assert ready.post("verifier", declaration="on", website="spam").status_code == 422
            time_machine.shift(timedelta(minutes=1))
        assert filed() == 0

    @pytest.mark.parametrize("again", ["", "forged", "WyJ4IiwgMV0:1tYx:abc"])
    def test_a_forged_second_page_is_none(self, ready, again):
        assert ready.post("verifier", declaration="on", website="spam", again=again).status_code == 422

    def test_the_second_page_of_another_draft_is_none(self, ready, procedure, time_machine):
        stranger = Resident(procedure)
        stranger.answer_everything()
        page = stranger.send()
        time_machine.shift(timedelta(minutes=1))
        again = value_of(page, "again")
        assert again
        assert ready.post("verifier", declaration="on", website="spam", again=again).status_code == 422


class TestManyRequests:
    @pytest.fixture
    def busy(self, settings, ready, procedure, time_machine):
        """One more than usual was sent from the same address."""
        limited(settings, calm_per_address="1/hour")
        other = Resident(procedure)
        other.answer_everything()
        time_machine.shift(timedelta(seconds=10))
        assert other.send().status_code == 302
        return ready

    def test_while_it_is_calm_no_work_is_asked(self, ready):
        page = ready.get("verifier").text
        assert "data-challenge" not in page
        assert "proof-of-work.js" not in page

    def test_the_summary_gives_the_browser_its_work_and_the_proof_sends_the_request(self, busy):
        page = busy.get("verifier")
        assert "js/proof-of-work.js" in page.text
        assert busy.post("verifier", declaration="on", proof=solved(challenge_in(page))).status_code == 302

    def test_without_script_a_short_wait_does_it(self, busy, time_machine):
        page = busy.send()
        assert (page.status_code, page.headers["Retry-After"]) == (429, "20")
        assert "wait 20 seconds" in page.text
        again = value_of(page, "again")
        time_machine.shift(timedelta(seconds=8))
        page = busy.post("verifier", declaration="on", again=again)
        assert "wait 12 seconds" in page.text
        assert value_of(page, "again") == again
        time_machine.shift(timedelta(seconds=12))
        assert busy.post("verifier", declaration="on", again=again).status_code == 302

    def test_the_page_that_asks_to_wait_gives_the_browser_its_work_as_well(self, busy):
        page = busy.send()
        proof = solved(challenge_in(page))
        assert busy.post("verifier", declaration="on", proof=proof, again=value_of(page, "again")).status_code == 302

    def test_a_procedure_that_many_send_asks_everybody_for_work(self, settings, ready, procedure, time_machine):
        limited(settings, calm_per_procedure="1/hour")
        elsewhere = Resident(procedure)
        elsewhere.client.defaults["REMOTE_ADDR"] = "203.0.113.9"
        elsewhere.answer_everything()
        time_machine.shift(timedelta(seconds=10))
        assert elsewhere.send().status_code == 302
        assert "data-challenge" in ready.get("verifier").text

    def test_the_hour_after_it_is_calm_again(self, busy, time_machine):
        time_machine.shift(timedelta(hours=1))
        assert busy.send().status_code == 302


class TestProof:
    def test_a_proof_serves_its_own_draft_alone(self, resident):
        resident.answer_everything()
        draft = resident.draft()
        other = Draft.objects.create(procedure=draft.procedure, version=draft.version, language="fr")
        proof = solved(json.loads(new_challenge(draft.key)))
        assert is_proof(proof, draft.key)
        assert not is_proof(proof, other.key)

    def test_an_old_proof_is_none(self, resident, time_machine):
        resident.answer_everything()
        key = resident.draft().key
        proof = solved(json.loads(new_challenge(key)))
        time_machine.shift(timedelta(hours=13))
        assert not is_proof(proof, key)

    def test_an_easier_challenge_of_one_s_own_is_refused(self, resident):
        resident.answer_everything()
        key = resident.draft().key
        challenge = json.loads(new_challenge(key))
        challenge["parameters"]["keyPrefix"] = ""
        assert not is_proof(solved(challenge), key)

    @pytest.mark.parametrize("text", ["", "x", "e30=", "W10=", "eyJjaGFsbGVuZ2UiOjF9", "a" * 5_000, "é"])
    def test_nonsense_is_no_proof(self, resident, text):
        resident.post("1", WHO)
        assert not is_proof(text, resident.draft().key)

    def test_the_challenge_does_not_say_whose_draft_it_is(self, resident):
        resident.post("1", WHO)
        assert str(resident.draft().key) not in new_challenge(resident.draft().key)


class TestLimits:
    def test_too_many_requests_from_one_address_wait_and_nothing_is_lost(
        self, settings, ready, procedure, time_machine
    ):
        limited(settings, requests_per_address="1/hour")
        other = Resident(procedure)
        other.answer_everything()
        time_machine.shift(timedelta(seconds=10))
        assert other.send().status_code == 302
        page = ready.send()
        assert (page.status_code, page.headers["Retry-After"]) == (429, "3580")
        assert "Too many requests are arriving from your connection" in page.text
        assert "Wait 60 minutes" in page.text
        assert "nadia@example.org" in page.text
        time_machine.shift(timedelta(hours=1))
        assert ready.send().status_code == 302

    def test_another_address_goes_on(self, settings, ready, procedure, time_machine):
        limited(settings, requests_per_address="1/hour")
        other = Resident(procedure)
        other.answer_everything()
        time_machine.shift(timedelta(seconds=10))
        assert other.send().status_code == 302
        ready.client.defaults["REMOTE_ADDR"] = "203.0.113.9"
        assert ready.send().status_code == 302

    def test_a_procedure_has_a_limit_of_its_own(self, settings, ready, procedure, time_machine):
        limited(settings, requests_per_procedure="1/hour")
        other = Resident(procedure)
        other.client.defaults["REMOTE_ADDR"] = "203.0.113.9"
        other.answer_everything()
        time_machine.shift(timedelta(seconds=10))
        assert other.send().status_code == 302
        assert ready.send().status_code == 429

    def test_a_double_click_is_one_request(self, settings, ready):
        limited(settings, requests_per_address="2/hour")
        assert ready.send().status_code == ready.send().status_code == 302
        assert filed() == 1

    def test_too_many_drafts_give_the_step_back_with_what_was_typed(self, settings, procedure, time_machine):
        limited(settings, drafts_per_address="2/hour")
        for _number in range(2):
            assert Resident(procedure).post("1", WHO).status_code == 302
        third = Resident(procedure)
        page = third.post("1", WHO)
        assert (page.status_code, page.headers["Retry-After"]) == (429, "3600")
        assert "nadia@example.org" in page.text
        assert Draft.objects.count() == 2
        assert not page.cookies
        time_machine.shift(timedelta(hours=1))
        assert third.post("1", WHO).status_code == 302

    def test_whoever_has_a_draft_goes_on_whatever_the_address_did(self, settings, resident):
        limited(settings, drafts_per_address="1/hour")
        resident.answer_everything()
        assert resident.get("verifier").status_code == 200

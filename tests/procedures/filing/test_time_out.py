"""Time-outs warn, and nothing typed is lost to them."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.utils import timezone

from procedures.filing import tasks
from procedures.filing.models import Draft
from procedures.inbox.models import ServiceRequest
from tests.factories.filing import EXTRACT, WHO, typed
from tests.factories.procedures import block_id
from tests.procedures.filing.test_entry import agent, begin, desk

__all__ = ["agent", "desk"]  # fixtures
pytestmark = pytest.mark.django_db


class TestAgent:
    @pytest.fixture
    def signed_out(self, desk):
        """An agent whose session ended between two steps."""
        begin(desk)
        Session.objects.all().delete()
        return desk

    def login_url(self, desk, step):
        return f"/admin/login/?next={desk.url(step)}"

    def test_what_was_typed_is_kept_and_the_login_leads_back(self, signed_out, agent):
        assert signed_out.post("1", WHO).headers["Location"] == self.login_url(signed_out, "1")
        signed_out.client.force_login(agent)
        assert "nadia@example.org" in signed_out.get("1").text
        signed_out.post("2", EXTRACT)
        signed_out.send()
        assert ServiceRequest.objects.get().entered_by == agent

    def test_nothing_of_the_draft_is_shown_before_the_login(self, signed_out):
        response = signed_out.post("1", {**WHO, **typed(email="wrong")})
        assert response.status_code == 302
        assert signed_out.get("1").headers["Location"] == self.login_url(signed_out, "1")
        assert signed_out.get("verifier").headers["Location"] == self.login_url(signed_out, "verifier")

    def test_saving_while_typing_goes_on_and_says_so(self, signed_out):
        headers = {"Origin": "http://testserver", "X-Autosave": "1"}
        response = signed_out.client.post(signed_out.url("1"), WHO, headers=headers)
        assert (response.status_code, response.json()["stop"]) == (401, True)
        assert "signed out" in response.json()["text"]
        assert Draft.objects.get().data["step_data"]["1"][block_id("nom")] == ["Martin"]

    def test_sending_without_a_session_leads_to_the_login_and_sends_nothing(self, signed_out):
        assert signed_out.send().headers["Location"] == self.login_url(signed_out, "verifier")
        assert not ServiceRequest.objects.exists()

    def test_finishing_later_and_the_start_lead_there_too(self, signed_out):
        for path in ("", "plus-tard/", "nouvelle-version/"):
            address = f"/remplir/{signed_out.procedure.slug}/{path}"
            assert signed_out.client.get(address).headers["Location"] == f"/admin/login/?next={address}"

    def test_an_unknown_step_is_not_found(self, signed_out):
        assert signed_out.post("99", WHO).status_code == 404

    def test_the_end_of_the_session_is_announced(self, desk):
        begin(desk)
        assert "Your session ends" not in desk.get("1").text
        Session.objects.update(expire_date=timezone.now() + timedelta(minutes=20))
        page = desk.get("1").text
        assert "Your session ends at" in page
        assert "What you type is kept." in page


class TestResident:
    @pytest.fixture
    def asked(self, resident, time_machine, django_capture_on_commit_callbacks):
        """A resident who had the link sent on the 1st of November."""
        time_machine.move_to("2026-11-01T10:00:00Z", tick=False)
        resident.post("1", WHO)
        with django_capture_on_commit_callbacks(execute=True):
            later = f"/remplir/{resident.procedure.slug}/plus-tard/"
            resident.client.post(later, {"email": "nadia@example.org"}, headers={"Origin": "http://testserver"})
        mail.outbox.clear()
        return resident

    def sweep(self):
        tasks.remind_of_drafts()
        tasks.send_due_links()
        return mail.outbox

    def test_a_reminder_comes_some_days_before_the_end_and_once(self, asked, time_machine):
        time_machine.move_to("2026-11-25T10:00:00Z", tick=False)
        assert self.sweep() == []
        time_machine.move_to("2026-11-27T10:00:00Z", tick=False)
        (message,) = self.sweep()
        assert message.to == ["nadia@example.org"]
        subject, body = (text.replace("\N{NO-BREAK SPACE}", " ") for text in (message.subject, message.body))
        assert subject == "Your draft ends on 1er décembre 2026: Demande d’acte de naissance"
        assert "It is kept until 1er décembre 2026, then deleted." in body
        assert "/reprendre/" in message.body
        time_machine.shift(timedelta(days=1))
        assert len(self.sweep()) == 1

    def test_whoever_goes_on_is_reminded_of_the_new_end_only(self, asked, time_machine):
        time_machine.move_to("2026-11-20T10:00:00Z", tick=False)
        asked.post("2", EXTRACT)
        time_machine.move_to("2026-11-27T10:00:00Z", tick=False)
        assert self.sweep() == []
        time_machine.move_to("2026-12-16T10:00:00Z", tick=False)
        assert len(self.sweep()) == 1

    def test_whoever_asked_for_no_link_gets_no_mail(self, resident, time_machine):
        time_machine.move_to("2026-11-01T10:00:00Z", tick=False)
        resident.post("1", WHO)
        time_machine.move_to("2026-11-29T10:00:00Z", tick=False)
        assert self.sweep() == []

    def test_nobody_is_reminded_of_a_draft_that_is_over_or_sent(self, asked, procedure, time_machine):
        time_machine.move_to("2026-12-02T10:00:00Z", tick=False)
        assert self.sweep() == []

    @pytest.mark.parametrize("days", [0, 30, 40])
    def test_reminders_can_be_off(self, asked, settings, time_machine, days):
        settings.DRAFT_REMINDER_DAYS = days
        time_machine.move_to("2026-11-29T10:00:00Z", tick=False)
        assert self.sweep() == []

    def test_the_link_asked_for_again_is_no_reminder(self, asked, time_machine, django_capture_on_commit_callbacks):
        time_machine.move_to("2026-11-27T10:00:00Z", tick=False)
        self.sweep()
        with django_capture_on_commit_callbacks(execute=True):
            later = f"/remplir/{asked.procedure.slug}/plus-tard/"
            asked.client.post(later, {"email": "nadia@example.org"}, headers={"Origin": "http://testserver"})
        assert mail.outbox[-1].subject == "Your draft: Demande d’acte de naissance"


def test_an_expired_draft_gives_back_what_was_just_typed(resident):
    resident.post("1", WHO)
    Draft.objects.update(expires_at=timezone.now() - timedelta(days=1))
    page = resident.post("1", {**WHO, **typed(nom="Benali")})
    assert page.status_code == 410
    assert "Go on with what I have typed" in page.text
    assert "Benali" in resident.get("1").text

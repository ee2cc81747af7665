"""Finish later: the secret link, on screen and by e-mail; and the end of what is never sent."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
import time_machine
from django.core import mail
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils import timezone

from procedures.filing import keys, links, purge, tasks
from procedures.filing.models import Draft, DraftUpload
from procedures.uploads.keeping import keep, stored_names
from tests.factories.filing import COPY, WHO, Resident, a_pdf, typed
from tests.factories.procedures import make_procedure

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(resident):
    resident.post("1", WHO)
    return f"/remplir/{resident.procedure.slug}/plus-tard/"


def test_finishing_later_shows_the_secret_link(resident, later):
    assert resident.post("2", typed(urgent="yes"), later="1").headers["Location"] == later
    page = resident.client.get(later)
    assert f"http://testserver{links.resume_path(resident.draft())}" in page.text
    assert 'value="nadia@example.org"' in page.text
    assert "no-store" in page.headers["Cache-Control"]


def test_the_secret_link_opens_the_draft_on_another_device(resident, later):
    other = Resident(resident.procedure)
    response = other.client.get(links.resume_path(resident.draft()))
    assert response.headers["Location"] == other.url("2")
    assert "Nadia" in other.get("1").text


def test_without_a_draft_there_is_nothing_to_finish_later(resident):
    response = resident.client.get(f"/remplir/{resident.procedure.slug}/plus-tard/")
    assert response.headers["Location"] == f"/remplir/{resident.procedure.slug}/"


def test_a_link_to_a_draft_sent_since_says_so(resident, later):
    path = links.resume_path(resident.draft())
    Draft.objects.all().delete()
    assert resident.client.get(path).status_code == 410


def test_the_link_is_sent_by_mail_in_the_language_of_the_page(resident, later, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = resident.client.post(later, {"email": "nadia@example.org"})
    assert response.headers["Location"] == f"{later}?envoye=1"
    (message,) = mail.outbox
    assert message.to == ["nadia@example.org"]
    assert links.resume_path(resident.draft()) in message.body
    assert Draft.objects.get().link_recipient == ""


def test_a_wrong_address_is_told(resident, later):
    assert resident.client.post(later, {"email": "nadia"}).status_code == 422
    assert Draft.objects.get().links_asked == 0


def test_a_strangers_mailbox_cannot_be_filled(resident, later):
    for _attempt in range(3):
        assert resident.client.post(later, {"email": "victim@example.org"}).status_code == 302
    assert resident.client.post(later, {"email": "victim@example.org"}).status_code == 422


def test_a_link_that_could_not_be_sent_is_sent_by_the_sweep(resident, later, monkeypatch):
    resident.client.post(later, {"email": "nadia@example.org"})

    def broken(self, fail_silently=False):
        raise SMTPException("down")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", broken)
        tasks.send_due_links()
    assert Draft.objects.get().link_attempts == 1
    tasks.send_due_links()
    assert not mail.outbox
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        tasks.send_due_links()
        tasks.send_due_links()
    assert len(mail.outbox) == 1


def test_an_unsent_draft_is_deleted_on_time_with_its_files(resident, settings):
    resident.post("1", WHO)
    resident.post("2", COPY)
    resident.post("3", typed(piece=a_pdf(), naissance="jamais"))
    with time_machine.travel(timezone.now() + timedelta(days=settings.DRAFT_DAYS - 1)):
        assert purge.purge_drafts() == 0
        assert resident.get("3").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=settings.DRAFT_DAYS, minutes=1)):
        assert purge.purge_drafts() == 1
    assert not DraftUpload.objects.exists()
    assert not list(stored_names("drafts"))


def test_each_saving_prolongs_a_draft(resident, settings):
    resident.post("1", WHO)
    with time_machine.travel(timezone.now() + timedelta(days=settings.DRAFT_DAYS - 1)):
        resident.post("1", WHO)
    with time_machine.travel(timezone.now() + timedelta(days=settings.DRAFT_DAYS + 5)):
        assert purge.purge_drafts() == 0


def test_a_file_that_a_crash_left_without_a_row_is_swept_after_a_day(resident, capsys):
    resident.post("1", WHO)
    resident.post("2", COPY)
    resident.post("3", typed(piece=a_pdf(), naissance="14/07/1990"))
    orphan = keep(a_pdf(), "drafts").storage_name
    assert purge.sweep_orphans() == 0
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        call_command("purge_drafts")
    assert "0 drafts and 1 orphan files deleted" in capsys.readouterr().out
    assert not storages["private"].exists(orphan)
    resident.send()
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        assert purge.sweep_orphans() == 0


def test_a_draft_of_another_procedure_is_not_opened_here(resident, later):
    other = Resident(make_procedure())
    other.client.cookies[keys.cookie_name(other.procedure.pk)] = keys.token(resident.draft().key, keys.COOKIE)
    assert other.get("1").status_code == 410

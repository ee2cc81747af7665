"""Files that came while the antivirus was down, in the inbox of agents and on the page of residents."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts.roles import AGENTS, role
from procedures.filing.purge import sweep_orphans
from procedures.inbox.models import Attachment, Event
from procedures.inbox.services.quarantine import check_waiting_files, remove_infected
from procedures.uploads.quarantine import Scan
from tests.antivirus import SICK_PDF, pretended_clamd
from tests.factories.inbox import make_agent, make_request, received_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(db):
    """A request with a sound file and a sick one, neither checked yet."""
    files = (received_file("sain.pdf", scan=Scan.WAITING), received_file("malade.pdf", SICK_PDF, scan=Scan.WAITING))
    return make_request(files=files)


@pytest.fixture
def agent(filed):
    user = make_agent(filed.department)
    user.groups.add(role(AGENTS))
    client = Client()
    client.force_login(user)
    return client


def scans(filed) -> dict[str, str]:
    return dict(filed.attachments.values_list("original_name", "scan"))


def file_url(filed, name: str) -> str:
    return reverse("inbox:file", args=[filed.pk, filed.attachments.get(original_name=name).key])


def test_an_agent_reads_that_a_file_is_not_checked_and_cannot_open_it(filed, agent):
    page = agent.get(reverse("inbox:request", args=[filed.pk])).content.decode()
    assert page.count(str(Scan.WAITING.label)) == 2
    assert file_url(filed, "sain.pdf") not in page
    response = agent.get(file_url(filed, "sain.pdf"))
    assert (response.status_code, response.headers["Location"]) == (302, reverse("inbox:request", args=[filed.pk]))


def test_the_resident_neither(filed):
    link = f"/en/suivi/{filed.access_token}/"
    page = Client().get(link).content.decode()
    assert page.count(str(Scan.WAITING.label)) == 2
    assert "/fichier/" not in page
    key = filed.attachments.first().key
    assert Client().get(f"{link}fichier/{key}/").status_code == 404


def test_the_sweep_lets_sound_files_go_and_deletes_infected_ones(
    filed, agent, clamd, settings, django_capture_on_commit_callbacks
):
    settings.CLAMD_URL = clamd.unix
    with django_capture_on_commit_callbacks(execute=True):
        assert check_waiting_files() == 2
    assert scans(filed) == {"sain.pdf": Scan.CLEAN, "malade.pdf": Scan.INFECTED}
    names = dict(filed.attachments.values_list("original_name", "storage_name"))
    assert storages["private"].exists(names["sain.pdf"])
    assert not storages["private"].exists(names["malade.pdf"])
    assert agent.get(file_url(filed, "sain.pdf")).status_code == 200
    assert agent.get(file_url(filed, "malade.pdf")).status_code == 302
    assert check_waiting_files() == 0


def test_agent_and_resident_are_told_of_the_deleted_file(filed, agent):
    sick = filed.attachments.get(original_name="malade.pdf")
    assert remove_infected(sick) is not None
    assert remove_infected(sick) is None  # another worker was there too
    event = Event.objects.get(request=filed, kind=Event.Kind.VIRUS_FOUND)
    assert event.data == {"attachment_id": sick.pk}  # no word of the resident in the log
    assert filed.outbox.filter(kind="virus_found").count() == 1
    page = agent.get(reverse("inbox:request", args=[filed.pk])).content.decode()
    assert str(Scan.INFECTED.label) in page
    followed = Client().get(f"/en/suivi/{filed.access_token}/").content.decode()
    assert "A file was deleted" in followed
    assert "held a virus" in followed


def test_where_the_antivirus_is_down_files_wait_on(filed, clamd, settings):
    settings.CLAMD_URL = "unix:///nowhere/clamd.ctl"
    assert check_waiting_files() == 0
    assert set(scans(filed).values()) == {Scan.WAITING}
    settings.CLAMD_URL = clamd.tcp
    assert check_waiting_files() == 2


def test_without_an_antivirus_nothing_leaves_the_quarantine(filed, settings):
    settings.CLAMD_URL = ""
    assert check_waiting_files() == 0
    assert set(scans(filed).values()) == {Scan.WAITING}


def test_a_file_that_cannot_be_checked_does_not_keep_the_others_waiting(filed, clamd, settings):
    settings.CLAMD_URL = clamd.unix
    storages["private"].delete(filed.attachments.get(original_name="sain.pdf").storage_name)
    assert check_waiting_files() == 1
    assert scans(filed)["malade.pdf"] == Scan.INFECTED


def test_what_failed_last_comes_last(filed, settings):
    Attachment.objects.filter(original_name="sain.pdf").update(scan_tried_at=timezone.now())
    asked: list[bytes] = []

    def note(connection):
        asked.append(connection.recv(100_000))

    with pretended_clamd(note) as settings.CLAMD_URL:
        check_waiting_files()
    tried = list(Attachment.objects.order_by("scan_tried_at").values_list("original_name", flat=True))
    assert len(asked) == 2
    assert tried == ["malade.pdf", "sain.pdf"]


def test_an_infected_file_that_a_crash_left_behind_is_swept_at_night(filed):
    sick = filed.attachments.get(original_name="malade.pdf")
    remove_infected(sick)  # and the process dies before the file is deleted
    assert storages["private"].exists(sick.storage_name)
    sweep_orphans(timezone.now() + timedelta(days=2))
    assert not storages["private"].exists(sick.storage_name)
    assert storages["private"].exists(filed.attachments.get(original_name="sain.pdf").storage_name)

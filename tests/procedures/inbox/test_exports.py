"""The list as a file: what is in it, what is not, who gets it, and what a spreadsheet makes of it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zipfile import ZipFile

import pytest
import time_machine
from defusedxml import ElementTree
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from cms.accounts.roles import AGENTS, role
from directory.models import DepartmentMember
from procedures.inbox.jobs import running, services
from procedures.inbox.jobs.exports import cells, making
from procedures.inbox.jobs.models import Job
from procedures.inbox.models import ServiceRequest
from procedures.inbox.received import Requester
from procedures.plugins import field_types
from tests.factories.inbox import make_agent, make_answer, make_request
from tests.factories.procedures import make_procedure

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
NASTY = '=HYPERLINK("http://x";"y")'


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def procedure():
    return make_procedure(title="Ramonage", silence_effect="acceptance", announced_delay_days=14)


@pytest.fixture
def agent(procedure):
    user = make_agent(procedure.department)
    user.groups.add(role(AGENTS))
    return user


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


def ask(desk: Client, query: str = "", **said):
    """Fill in the form of the export."""
    return desk.post(f"{reverse('inbox_jobs:export')}?{query}", {"format": "csv", "key": uuid4(), **said})


def read(answer) -> list[dict[str, str]]:
    """The rows of a CSV as a spreadsheet in French reads them."""
    text = answer.getvalue()
    assert text.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline=""), delimiter=";"))


def made(desk: Client, kind: str, **said) -> Job:
    """A file made in the background, by a worker that came."""
    assert ask(desk, format=kind, **said).status_code == 302
    job = Job.objects.latest("pk")
    running.run(job.pk)
    job.refresh_from_db()
    return job


def test_the_file_has_the_requests_of_the_list_in_the_citys_time_and_no_others(desk, procedure):
    about = make_request(procedure)
    make_request(procedure, channel="phone")
    make_request()  # elsewhere
    assert len(read(ask(desk))) == 2
    (row,) = read(ask(desk, "channel=portal"))
    assert row["Tracking number"] == about.number
    assert list(row.values())[1:4] == ["Ramonage", "Received", "Website"]
    assert (row["Received"], row["Announced date"]) == ("2026-11-14 18:22", "2026-11-28")
    assert (row["Days until the answer, or today"], row["Late"]) == ("17", "yes")


def test_who_asked_is_told_only_if_one_wants_it_and_the_register_says_so(desk, agent, procedure):
    make_request(procedure)
    assert "Requester" not in read(ask(desk))[0]
    assert read(ask(desk, "channel=portal", personal="on"))[0]["E-mail"] == "camille@exemple.fr"
    register = Job.objects.order_by("pk").values_list("owner_name", "query", "total", "parameters__personal")
    assert list(register) == [(str(agent), "", 1, False), (str(agent), "channel=portal", 1, True)]
    register = desk.get(reverse("inbox_jobs:list")).text
    assert "with personal data" in register
    assert "Website" in register


@pytest.mark.parametrize("name", [NASTY, "+33 6", "-1", "@SUM(A1)", "\t=1"])
def test_nothing_that_a_resident_wrote_runs_in_a_spreadsheet(desk, procedure, name):
    make_request(procedure, requester=Requester(name, "a@exemple.fr"))
    assert read(ask(desk, personal="on"))[0]["Requester"] == f"'{name}"


def test_the_answers_to_one_procedure_are_columns(desk, procedure):
    questions = [q for q in procedure.current.in_language("fr").questions() if q.type == "short_text"]
    question = questions[0]
    make_request(procedure, answers=(make_answer(question_id=question.id, label=question.label, shown=NASTY),))
    make_request(procedure, answers=())
    rows = read(ask(desk, f"procedure={procedure.pk}", answers="on"))
    assert [row[question.label] for row in rows] == [f"'{NASTY}", ""]
    assert rows[0]["Requester"] == "Camille Lefèvre"  # answers name people anyway
    assert question.label not in read(ask(desk, answers="on"))[0]  # of several procedures: no table


@pytest.mark.parametrize("kind", list(field_types), ids=lambda kind: kind.slug)
def test_each_type_of_question_names_its_columns_before_anybody_answered(kind):
    question = kind.sample()
    empty = kind.export(None, question)
    for _typed, kept in kind.examples:
        assert set(kind.export(kept, question)) <= set(empty)


def test_excel_gets_days_numbers_and_texts_and_what_is_too_long_is_said(desk, procedure):
    make_request(procedure, requester=Requester(NASTY, "a@exemple.fr", "x" * 40))
    make_request(procedure, requester=Requester("L" * 255, "b@exemple.fr"))
    ServiceRequest.objects.filter(requester_email="a@exemple.fr").update(fee_cents=1250)
    job = made(desk, "xlsx", personal="on")
    assert (job.state, job.position, job.total, job.cut) == ("done", 2, 2, 0)
    page = desk.get(reverse("inbox_jobs:job", args=[job.key]))
    assert reverse("inbox_jobs:file", args=[job.key]) in page.text
    file = desk.get(reverse("inbox_jobs:file", args=[job.key]))
    assert file["Content-Disposition"] == 'attachment; filename="requests-2026-12-01.xlsx"'
    headings, first, _second = load_workbook(io.BytesIO(file.getvalue())).active.iter_rows(values_only=True)
    row = dict(zip(headings, first, strict=True))
    assert row["Received"] == datetime(2026, 11, 14, 18, 22)
    assert row["Announced date"].date() == date(2026, 11, 28)
    assert (row["Fee (€)"], row["Requester"]) == (12.5, NASTY)


def test_libreoffice_gets_the_same(desk, procedure):
    make_request(procedure, requester=Requester("<Dupont> & fils\x0b", "a@exemple.fr"))
    job = made(desk, "ods", personal="on")
    with storages["private"].open(job.storage_name) as stored, ZipFile(stored) as archive:
        assert archive.namelist()[0] == "mimetype"
        content = ElementTree.fromstring(archive.read("content.xml"))
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    headings, row = [list(line) for line in content.iter(f"{table}table-row")]
    told = dict(zip(("".join(cell.itertext()) for cell in headings), row, strict=True))
    assert "".join(told["Requester"].itertext()) == "<Dupont> & fils"
    value = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}date-value"
    assert told["Received"].get(value) == "2026-11-14T18:22:00"


def test_a_text_longer_than_a_cell_is_cut_and_marked():
    text, was_cut = cells.fitting("é" * 40_000)
    assert was_cut
    assert len(text) == cells.MOST_CHARACTERS
    assert text.endswith("[…]")
    assert cells.fitting("court") == ("court", False)


def test_more_rows_than_a_sheet_has_is_said_before_anything_is_made(desk, procedure, monkeypatch):
    monkeypatch.setattr(making, "MOST_ROWS", 1)
    make_request(procedure)
    make_request(procedure)
    job = made(desk, "xlsx")
    assert (job.state, job.storage_name) == ("failed", "")
    assert "2 requests match; a spreadsheet holds 1" in desk.get(reverse("inbox_jobs:job", args=[job.key])).text


def test_a_file_is_its_owners_as_long_as_they_answer_for_its_requests_and_the_file_is_kept(
    desk, agent, procedure, django_capture_on_commit_callbacks
):
    make_request(procedure)
    job = made(desk, "ods")
    address = reverse("inbox_jobs:file", args=[job.key])
    colleague = make_agent(procedure.department)
    colleague.groups.add(role(AGENTS))
    other = Client()
    other.force_login(colleague)
    assert other.get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert desk.get(address).status_code == 200
    member = DepartmentMember.objects.get(user=agent)
    member.delete()
    assert desk.get(address).status_code == 404
    member.save(force_insert=True)
    stored = job.storage_name
    left_by_a_crash = storages["private"].save("exports/left", ContentFile(b"x"))
    services.sweep_orphans(storages["private"].get_modified_time(left_by_a_crash) + timedelta(days=2))
    assert [storages["private"].exists(name) for name in (stored, left_by_a_crash)] == [True, False]
    with time_machine.travel(NOW + timedelta(days=8)), django_capture_on_commit_callbacks(execute=True):
        services.purge()
    assert not storages["private"].exists(stored)
    assert desk.get(address).status_code == 404


def test_asking_twice_with_one_form_makes_one_file_and_a_killed_worker_begins_again(desk, procedure, monkeypatch):
    make_request(procedure)
    key = uuid4()
    for _click in range(2):
        ask(desk, format="xlsx", key=key)
    job = Job.objects.get()
    monkeypatch.setitem(making.WRITERS, Job.Kind.XLSX, lambda *_: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        running.run(job.pk)
    monkeypatch.undo()
    Job.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=3))
    assert running.due_jobs() == [job.pk]
    running.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.position) == ("done", 1)

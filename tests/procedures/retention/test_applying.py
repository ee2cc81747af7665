"""Requests say who made them no longer than they must: warned of, in time, whole or not at all, and figures survive."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.files.storage import storages
from django.core.management import call_command
from django.urls import reverse

from procedures.definition.models import Procedure
from procedures.inbox.models import Event, Letter, OutboxMessage, RequestLink, RequestText, ServiceRequest
from procedures.inbox.received import Requester
from procedures.inbox.sealing import breaks_of
from procedures.inbox.services import purging
from procedures.inbox.services.conversation import write_as_resident, write_note
from procedures.inbox.services.decision import accept
from procedures.inbox.services.opinions import ask_expert
from procedures.inbox.tasks import sweep_outbox
from procedures.mailbox.models import IncomingMail
from procedures.retention.applying import apply_retention
from procedures.retention.holding import lift_hold, place_hold
from procedures.retention.models import RetentionRun
from procedures.retention.schedule import Months, keeping_of, months_of
from procedures.retention.tasks import purge_readings
from tests.factories.inbox import RECEIVED_AT, make_agent, make_request, received_file
from tests.factories.procedures import make_procedure

pytestmark = pytest.mark.django_db
CLOSED = RECEIVED_AT + timedelta(days=3)  # 17 November 2026: documents go on 17 May 2027, the rest a year after
WORDS = ("Camille", "camille@exemple.fr", "06 12 34 56 78", "0612345678", "Inès", "vaccins", "secret")


@pytest.fixture
def procedure(db) -> Procedure:
    return make_procedure(retention_months=12)


@pytest.fixture
def agent(procedure):
    return make_agent(procedure.department)


@pytest.fixture
def closed(procedure, agent) -> ServiceRequest:
    """A request with personal data in every place, answered."""
    about = make_request(procedure, files=(received_file(),))
    write_note(about, text="Un secret de Camille.", agent=agent, at=RECEIVED_AT)
    write_as_resident(about, text="Mon secret.", files=(received_file("secret.pdf"),), at=RECEIVED_AT)
    ask_expert(about, name="Ida", email="ida@secret.example", question="Camille ?", days=9, agent=agent, at=RECEIVED_AT)
    IncomingMail.objects.create(fingerprint="1", sender="camille@exemple.fr", request=about, treated_at=RECEIVED_AT)
    accept(about, agent=agent, reason="Inès est inscrite.", at=CLOSED)
    return about


def night(year: int, month: int, day: int, **options) -> RetentionRun:
    """The run of one night."""
    with time_machine.travel(datetime(year, month, day, 3, tzinfo=UTC), tick=False):
        return apply_retention(**options)


def everything_kept(about: ServiceRequest) -> str:
    """All that any table says of one request."""
    rows: list[str] = []
    relations = ServiceRequest._meta.get_fields(include_hidden=True)
    for relation in [one for one in relations if one.one_to_many or one.one_to_one]:
        field = relation.field.name
        rows += [str(row) for row in relation.related_model._base_manager.filter(**{field: about.pk}).values()]
    return "\n".join([str(ServiceRequest.objects.filter(pk=about.pk).values()[0]), *rows])


def test_the_days_follow_from_the_answer_and_the_procedure():
    day = datetime(2026, 8, 31, tzinfo=UTC).date()
    keeping = keeping_of(day, Months(12, 6))
    assert [str(one) for one in (keeping.announce_on, keeping.files_on, keeping.answers_on)] == [
        "2027-02-14",
        "2027-02-28",
        "2027-08-31",
    ]


def test_documents_go_when_the_procedure_says_and_what_was_promised_holds(settings):
    def promised(**fields):
        return months_of(make_procedure(**fields).current.rules)

    assert promised(retention_months=12) == (12, 6)
    assert promised(retention_months=12, files_months=2) == (12, 2)
    assert promised(retention_months=3, files_months=9) == (3, 3)
    filed = make_request(make_procedure(retention_months=12))
    settings.RETENTION_FILES_MONTHS = 1
    assert promised(retention_months=12) == (12, 1)
    assert months_of(ServiceRequest.objects.get(pk=filed.pk).version.rules) == (12, 6)


def test_a_request_is_announced_then_loses_its_documents_then_everything_personal(closed):
    assert night(2027, 5, 2).announced == 0
    assert night(2027, 5, 3).announced == 1
    with time_machine.travel(datetime(2027, 5, 3, 4, tzinfo=UTC), tick=False):
        sweep_outbox()
    words = mail.outbox[-1].body.replace("\u00a0", " ")
    assert "17 mai 2027" in words
    assert "17 novembre 2027" in words
    assert [night(2027, 5, 16).files_purged, night(2027, 5, 17).files_purged] == [0, 1]
    closed.refresh_from_db()
    assert not closed.attachments.exists()
    assert closed.requester_name == "Camille Lefèvre"
    assert [night(2027, 11, 16).answers_purged, night(2027, 11, 17).answers_purged] == [0, 1]
    kept = everything_kept(closed)
    assert not [word for word in WORDS if word in kept]
    assert ServiceRequest.objects.search("camille").count() == 0
    kinds = list(closed.events.values_list("kind", flat=True))
    assert kinds[-3:] == ["purge_announced", "files_purged", "answers_purged"]
    closed.refresh_from_db()
    assert list(breaks_of(closed, list(closed.events.all()))) == []


def test_whoever_has_no_email_is_warned_by_a_letter_that_the_department_signs(procedure, agent):
    person = Requester("Camille Lefèvre", "", "06 12 34 56 78")
    about = make_request(procedure, requester=person, entered_by=agent, channel="counter")
    accept(about, agent=agent, at=CLOSED)
    night(2027, 5, 3)
    letter = Letter.objects.visible_to(agent).to_be_printed().last()
    assert "17 mai 2027" in letter.text.replace("\u00a0", " ")
    assert "17 novembre 2027" in letter.text.replace("\u00a0", " ")
    assert (letter.signatory, about.events.last().actor_kind) == ("", "system")
    night(2027, 11, 17)
    assert not Letter.objects.to_be_printed().exists()  # empty ones are no letters


def test_figures_and_the_tracking_page_survive(closed, client):
    before = list(ServiceRequest.objects.values_list("status", "channel", "received_at", "closed_at", "department_id"))
    purging.purge_answers(closed)
    after = list(ServiceRequest.objects.values_list("status", "channel", "received_at", "closed_at", "department_id"))
    assert after == before
    page = client.get(reverse("tracking:request", args=[closed.access_token]))
    assert page.status_code == 200
    assert "Camille" not in page.text


def test_files_leave_the_storage_once_it_is_sure(closed, django_capture_on_commit_callbacks):
    names = list(closed.attachments.values_list("storage_name", flat=True))
    with django_capture_on_commit_callbacks() as waiting:
        purging.purge_files(closed)
        assert all(storages["private"].exists(name) for name in names)
    for callback in waiting:
        callback()
    assert not any(storages["private"].exists(name) for name in names)


def test_what_breaks_in_the_middle_leaves_the_request_whole_and_the_others_go_on(closed, procedure, agent, monkeypatch):
    other = make_request(procedure)
    accept(other, agent=agent, at=CLOSED)
    night(2027, 11, 1)
    whole = everything_kept(closed)

    def breaks(request):
        if request.pk == closed.pk:
            raise OSError("disk")

    monkeypatch.setattr(purging, "forgetters", lambda: (breaks,))
    run = night(2027, 11, 17)
    assert (run.answers_purged, run.failed, run.report["failed"]) == (1, 1, [closed.number])
    assert everything_kept(closed) == whole
    monkeypatch.undo()
    assert night(2027, 11, 18).answers_purged == 1


def test_nothing_is_done_twice(closed):
    for _ in range(2):
        night(2027, 5, 3)
    for _ in range(2):
        night(2027, 11, 17)
    assert Event.objects.filter(kind__in=["purge_announced", "answers_purged"]).count() == 2
    assert purging.purge_answers(closed) is None


def test_a_trial_counts_and_touches_nothing(closed):
    whole = everything_kept(closed)
    run = night(2027, 12, 1, dry_run=True)
    assert (run.announced, run.dry_run) == (1, True)
    assert run.report["procedures"][0]["title"] == closed.procedure.title
    assert everything_kept(closed) == whole
    assert not OutboxMessage.objects.filter(kind="purge_announced").exists()


def test_nothing_goes_that_was_not_announced_two_weeks_before(closed):
    """The task did not run for a year: first the warning, then two weeks."""
    assert night(2028, 3, 1).announced == 1
    assert night(2028, 3, 14).answers_purged == 0
    assert night(2028, 3, 15).answers_purged == 1


def test_one_night_does_no_more_than_its_cap(procedure, agent):
    for _ in range(3):
        accept(make_request(procedure), agent=agent, at=CLOSED)
    run = night(2027, 12, 1, limit=2)
    assert (run.announced, run.is_capped) == (2, True)
    run = night(2027, 12, 1, limit=2)
    assert (run.announced, run.is_capped) == (1, False)


def test_an_open_request_and_one_opened_again_are_left_alone(closed, procedure):
    waiting = make_request(procedure)
    night(2027, 5, 3)
    ServiceRequest.objects.filter(pk=closed.pk).update(closed_at=None, status="in_progress")
    run = night(2027, 12, 1)
    assert (run.announced, run.files_purged, run.answers_purged) == (0, 0, 0)
    assert purging.purge_answers(waiting) is None


@pytest.mark.parametrize("keeper", ["hold", "complaint"])
def test_what_is_disputed_is_kept_until_it_is_settled(closed, procedure, agent, keeper):
    night(2027, 5, 3)
    complaint = make_request(procedure)
    hold = place_hold(closed, reason="Recours gracieux du 2 mai.", agent=agent) if keeper == "hold" else None
    if hold is None:
        RequestLink.objects.create(source=complaint, target=closed, kind="complaint")
    run = night(2027, 11, 17)
    assert (run.files_purged, run.answers_purged, run.report["held"]) == (0, 0, 1)
    if hold is not None:
        assert lift_hold(hold, agent=agent)
    else:
        accept(complaint, agent=agent, at=CLOSED)
    assert night(2027, 11, 18).answers_purged == 1


def test_the_command_says_what_it_did(closed, capsys):
    with time_machine.travel(datetime(2027, 5, 3, 3, tzinfo=UTC), tick=False):
        call_command("apply_retention", "--dry-run", "--limit", "5")
    assert "Announced 1, documents 0, data 0, held 0, failed 0" in capsys.readouterr().out


def test_who_opened_a_request_is_kept_a_year(closed, agent, settings):
    closed.readings.create(user=agent, name=str(agent), at=RECEIVED_AT)
    with time_machine.travel(RECEIVED_AT + timedelta(days=settings.READING_DAYS - 1), tick=False):
        assert purge_readings() == 0
    with time_machine.travel(RECEIVED_AT + timedelta(days=settings.READING_DAYS + 1), tick=False):
        assert purge_readings() == 1
    assert RequestText.objects.exists()

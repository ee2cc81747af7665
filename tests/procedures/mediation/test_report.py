"""The report of a year."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from procedures.definition.models import Procedure
from procedures.inbox.services.complaints import file_complaint
from procedures.inbox.services.decision import refuse
from procedures.mediation.figures import UNTIED, figures_of
from procedures.mediation.models import MediatorReport, Outcome
from procedures.mediation.services import end_mediation, publish_report
from procedures.mediation.showing import report_pdf
from tests.factories.inbox import RECEIVED_AT, make_request
from tests.pdf_reading import Reading, needs_pango

pytestmark = pytest.mark.django_db


def complain(refused, mediator, outcome=None, days=10):
    """Another resident of the same department complains; the mediation ends some days later."""
    request = make_request(refused.procedure)
    refuse(request, agent=refused.agent, reason="Complet", at=RECEIVED_AT + timedelta(days=1))
    complaint = file_complaint(request, wrong="Non", wanted="", key=uuid4())
    if outcome:
        end_mediation(complaint, outcome=outcome, text="Fini", agent=mediator, at=timezone.now() + timedelta(days=days))
    return complaint


@pytest.fixture
def year(refused, mediator):
    """Six complaints of 2026: five ended, of which four examined, and one tied to nothing."""
    ends = [(Outcome.AGREEMENT, 4), (Outcome.AGREEMENT, 6), (Outcome.FOLLOWED, 8), (Outcome.NOT_FOLLOWED, 10)]
    for outcome, days in [*ends, (Outcome.WITHDRAWN, 1)]:
        complain(refused, mediator, outcome, days)
    make_request(Procedure.objects.get(slug="reclamation-mediateur"), received_at=timezone.now())
    return 2026


def test_figures_count_what_came_and_what_ended(year, refused, mediator):
    figures = figures_of(year)
    assert (figures.received, figures.ended, figures.median_days) == (6, 5, 6)
    assert figures.settled_percent is None  # four are too few for a share
    assert UNTIED not in dict(figures.procedures)
    complain(refused, mediator, Outcome.FOLLOWED)
    assert figures_of(year).settled_percent == 80
    assert figures_of(2025).received == 0


def test_published_figures_no_longer_move(year, refused, mediator):
    report = MediatorReport.objects.create(year=year, introduction="Une année <b>pleine</b>.")
    anybody = Client()
    assert anybody.get(f"/mediateur/rapport/{year}/").status_code == 404
    publish_report(report, by=mediator)
    for _more in range(3):
        complain(refused, mediator)
    page = anybody.get(f"/en/mediateur/rapport/{year}/").content.decode()
    assert "Une année &lt;b&gt;pleine&lt;/b&gt;." in page
    assert "<td>6</td>" in page
    assert "fewer than" in page
    assert anybody.get("/mediateur/rapport/").status_code == 200


def test_mediator_writes_publishes_and_withdraws(year, mediator):
    desk = Client()
    desk.force_login(mediator)
    address = f"/admin/mediation/{year}/"
    assert desk.get("/admin/mediation/").status_code == 200
    assert desk.get(address).status_code == 200
    desk.post(address, {"introduction": "Bonjour", "recommendations": "Répondre.", "publish": "1"})
    assert MediatorReport.objects.get().published_at
    pdf = desk.get(f"{address}rapport.pdf")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    desk.post(address, {"introduction": "Bonjour", "recommendations": "Répondre.", "withdraw": "1"})
    assert MediatorReport.objects.get().published_at is None
    assert MediatorReport.objects.get().introduction == "Bonjour"


@needs_pango
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_document_is_one_that_screen_readers_read(year, language):
    report = MediatorReport(year=year, introduction="Une année.", recommendations="Répondre.\n\nExpliquer.")
    with override(language):
        read = Reading(report_pdf(report))
    assert read.faults == []
    assert "Une année." in read.all_text


def test_reports_are_written_by_nobody_else(year, refused):
    desk = Client()
    desk.force_login(refused.agent)
    for address in ("/admin/mediation/", f"/admin/mediation/{year}/", f"/admin/mediation/{year}/rapport.pdf"):
        assert desk.get(address).status_code in (302, 403)
    assert not MediatorReport.objects.exists()

"""Copies of identity documents go with the decision, and the log says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from procedures.inbox.models import Attachment, Event, ServiceRequest
from procedures.inbox.sealing import all_breaks
from procedures.inbox.services.decision import accept
from procedures.inbox.services.sensitive import purge_sensitive, purge_sensitive_files
from procedures.inbox.tasks import purge_sensitive as purge_task
from procedures.tracking.timeline import timeline_of
from tests.factories.filing import Resident, a_pdf
from tests.factories.inbox import make_agent
from tests.factories.procedures import block_id, make_procedure, question, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed() -> ServiceRequest:
    """A request with a copy of an identity card and a file of another kind."""
    resident = Resident(
        make_procedure(
            step(
                "Pièces",
                question("identity_document", "Votre pièce d’identité", id="piece"),
                question("file", "Justificatif de domicile", id="domicile"),
            ),
            slug="pieces",
        )
    )
    assert "We delete it as soon as you have our answer" in resident.get("1").text
    resident.post("1", {block_id("piece"): a_pdf("carte-durand.pdf"), block_id("domicile"): a_pdf("facture.pdf")})
    resident.send()
    return ServiceRequest.objects.get()


def stored(request: ServiceRequest) -> dict[str, str]:
    return {file.original_name: file.storage_name for file in request.attachments.all()}


def decide(request: ServiceRequest) -> None:
    accept(request, agent=make_agent(request.department))


def test_the_copy_goes_with_the_decision_and_the_other_file_stays(filed, django_capture_on_commit_callbacks):
    names = stored(filed)
    with django_capture_on_commit_callbacks(execute=True):
        decide(filed)
    assert list(stored(filed)) == ["facture.pdf"]
    assert not storages["private"].exists(names["carte-durand.pdf"])
    assert storages["private"].exists(names["facture.pdf"])


def test_nothing_is_deleted_before_the_decision(filed):
    assert purge_sensitive(filed) is None
    assert purge_sensitive_files() == 0
    assert len(stored(filed)) == 2


def test_no_answer_names_the_file_any_more_and_it_is_not_found_by_its_name(filed):
    assert "durand" not in filed.text.folded
    decide(filed)
    answers = {answer["label"]: answer for answer in ServiceRequest.objects.get().answers}
    assert answers["Votre pièce d’identité"]["value"] is None
    assert answers["Votre pièce d’identité"]["shown"] == "Deleted after the answer"
    assert answers["Votre pièce d’identité"]["agent_shown"] == "Deleted after the answer"
    assert answers["Justificatif de domicile"]["shown"] == "facture.pdf"


def test_the_log_and_the_resident_s_page_say_so_and_the_chain_holds(filed):
    decide(filed)
    event = filed.events.last()
    assert (event.kind, event.actor_kind, event.data) == (Event.Kind.IDENTITY_PURGED, "system", {"files": 1})
    assert "Your identity document was deleted" in [entry.title for entry in timeline_of(filed)]
    assert list(all_breaks()) == []


def test_a_city_may_keep_it_for_some_days_and_the_task_deletes_it_once(filed, settings):
    settings.SENSITIVE_DAYS = 30
    decide(filed)
    purge_task()
    assert len(stored(filed)) == 2
    ServiceRequest.objects.update(closed_at=timezone.now() - timedelta(days=31))
    purge_task()
    purge_task()
    assert list(stored(filed)) == ["facture.pdf"]
    assert filed.events.filter(kind=Event.Kind.IDENTITY_PURGED).count() == 1


def test_a_request_without_such_a_copy_has_no_such_line(filed):
    Attachment.objects.filter(sensitive=True).delete()
    decide(filed)
    assert not filed.events.filter(kind=Event.Kind.IDENTITY_PURGED).exists()

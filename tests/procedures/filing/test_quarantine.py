"""Viruses in the files of a draft: refused at once, or found later."""

import pytest

from procedures.filing.models import Draft, DraftUpload, PartialUpload
from procedures.filing.tasks import check_files
from procedures.inbox.models import Attachment, ServiceRequest
from procedures.uploads.keeping import stored_names
from procedures.uploads.quarantine import Scan
from tests.antivirus import SICK_PDF
from tests.factories.filing import COPY, PDF, WHO, typed
from tests.factories.uploading import Sender
from tests.procedures.filing.test_uploading import _posted

pytestmark = pytest.mark.django_db
BORN = typed(naissance="14/07/1990")
NOWHERE = "unix:///nowhere/clamd.ctl"


@pytest.fixture
def sender(resident):
    """A resident on the step of documents, in English."""
    resident.prefix = "/en"
    resident.post("1", WHO)
    resident.post("2", COPY)
    return Sender(resident)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def test_a_virus_is_refused_with_the_form_and_the_other_answers_are_kept(resident, sender, clamd, settings):
    settings.CLAMD_URL = clamd.unix
    response = resident.post("3", {**BORN, **typed(piece=_posted("acte.pdf", SICK_PDF))})
    assert response.status_code == 422
    assert "“acte.pdf” holds a virus" in response.content.decode()
    assert "14/07/1990" in response.content.decode()
    assert not list(stored_names("drafts"))


def test_a_virus_sent_in_pieces_is_refused_at_its_end(sender, clamd, settings):
    settings.CLAMD_URL = clamd.tcp
    response = sender.send("acte.pdf", SICK_PDF, 20)
    assert response.status_code == 422
    assert "“acte.pdf” holds a virus" in response.content.decode()
    assert not list(stored_names("drafts"))
    assert not PartialUpload.objects.exists()


def test_while_the_antivirus_is_down_the_request_is_filed_and_its_file_waits(resident, sender, settings, clamd):
    settings.CLAMD_URL = NOWHERE
    sender.send("acte.pdf", PDF)
    assert DraftUpload.objects.get().scan == Scan.WAITING
    resident.post("3", BORN)
    assert resident.send().status_code == 302
    assert ServiceRequest.objects.count() == 1
    assert Attachment.objects.get().scan == Scan.WAITING
    settings.CLAMD_URL = clamd.unix
    check_files()
    assert Attachment.objects.get().scan == Scan.CLEAN


def test_a_virus_found_later_is_deleted_and_its_question_asked_again(resident, sender, settings, clamd, committed):
    settings.CLAMD_URL = NOWHERE
    sender.send("acte.pdf", SICK_PDF)
    assert resident.post("3", BORN).headers["Location"] == resident.url("verifier")
    settings.CLAMD_URL = clamd.unix
    with committed(execute=True):
        check_files()
    assert not list(stored_names("drafts"))
    assert resident.send().headers["Location"].startswith(resident.url("3"))
    assert "“acte.pdf” holds a virus" in resident.get("3").content.decode()
    assert "“acte.pdf” holds a virus" in resident.post("3", BORN).content.decode()
    sender.send("sain.pdf", PDF)
    assert resident.post("3", BORN).headers["Location"] == resident.url("verifier")
    assert "holds a virus" not in resident.get("3").content.decode()


def test_whoever_takes_note_of_the_virus_may_go_on_without_script(resident, sender, settings, clamd):
    settings.CLAMD_URL = NOWHERE
    sender.send("acte.pdf", SICK_PDF)
    settings.CLAMD_URL = clamd.unix
    check_files()
    question_id = next(iter(typed(piece="")))
    assert f'name="remove-virus-{question_id}"' in resident.get("3").content.decode()
    resident.post("3", BORN, **{f"remove-virus-{question_id}": "1"})
    assert "infected" not in Draft.objects.get().data or not Draft.objects.get().data["infected"]
    assert resident.post("3", {**BORN, **typed(piece=_posted("sain.pdf", PDF))}).status_code == 302

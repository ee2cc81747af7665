"""What residents send from the page."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from procedures.inbox.querysets import city_today
from procedures.inbox.services.completion import ask_for_completion
from procedures.inbox.services.decision import accept
from procedures.inbox.services.quarantine import FOLDER
from procedures.tracking.sending import PER_REQUEST
from procedures.uploads.keeping import stored_names
from procedures.uploads.quarantine import Scan
from tests.antivirus import SICK_PDF
from tests.factories.inbox import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(filed, agent):
    ask_for_completion(filed, missing=["Page des vaccins"], by=city_today() + timedelta(days=14), agent=agent)
    return filed


def pdf(name="vaccins.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def kept() -> set[str]:
    return set(stored_names(FOLDER))


def test_missing_document_is_sent(resident, waiting, link):
    response = resident.post(
        f"{link}repondre/", {"key": uuid4(), "documents": [pdf(), pdf("suite.pdf")], "text": "Voici"}
    )
    assert response.status_code == 302
    assert response.headers["Location"].startswith(link)
    waiting.refresh_from_db()
    assert waiting.status == "in_progress"
    message = waiting.messages.get()
    assert message.text == "Voici"
    assert [file.original_name for file in message.attachments.all()] == ["vaccins.pdf", "suite.pdf"]
    assert message.attachments.first().open().read() == PDF
    assert "Sent. Thank you." in resident.get("/en" + response.headers["Location"].split("#")[0]).content.decode()


def test_words_alone_answer_where_there_is_no_file_to_send(resident, waiting, link):
    assert resident.post(f"{link}repondre/", {"key": uuid4(), "text": "Je ne l’ai plus."}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.status == "in_progress"


def test_message_is_sent(resident, filed, link):
    assert resident.post(f"{link}ecrire/", {"key": uuid4(), "text": "Où en êtes-vous ?"}).status_code == 302
    assert filed.messages.get().text == "Où en êtes-vous ?"


@pytest.mark.parametrize("path", ["repondre/", "ecrire/"])
def test_form_sent_twice_is_one_message_and_one_file(resident, waiting, link, path):
    before, key = kept(), uuid4()
    for _ in range(2):
        assert resident.post(link + path, {"key": key, "text": "Voici", "documents": pdf()}).status_code == 302
    assert waiting.messages.count() == 1
    assert len(kept() - before) == 1


def test_empty_form_is_explained(resident, waiting, link):
    for path in ("repondre/", "ecrire/"):
        response = resident.post("/en" + link + path, {"key": uuid4()})
        assert response.status_code == 400
        assert "data-error-summary" in response.content.decode()
    assert not waiting.messages.exists()


def test_wrong_file_is_named_and_the_text_is_kept(resident, waiting, link):
    before = kept()
    data = {"key": uuid4(), "text": "Un mot à garder", "documents": [pdf(), pdf("virus.pdf", b"MZ\x00\x01")]}
    response = resident.post(f"{link}repondre/", data)
    html = response.content.decode()
    assert response.status_code == 400
    assert "virus.pdf" in html
    assert "Un mot à garder" in html
    assert kept() == before


def test_virus_is_named_and_nothing_of_the_form_is_kept(resident, waiting, link, clamd, settings):
    settings.CLAMD_URL = clamd.unix
    before = kept()
    data = {"key": uuid4(), "text": "Un mot à garder", "documents": [pdf(), pdf("malade.pdf", SICK_PDF)]}
    response = resident.post(f"/en{link}repondre/", data)
    html = response.content.decode()
    assert response.status_code == 400
    assert "“malade.pdf” holds a virus" in html
    assert "Un mot à garder" in html
    assert kept() == before
    assert not waiting.messages.exists()


def test_document_that_comes_while_the_antivirus_is_down_waits_in_quarantine(resident, waiting, link, settings):
    settings.CLAMD_URL = "unix:///nowhere/clamd.ctl"
    assert resident.post(f"{link}repondre/", {"key": uuid4(), "documents": pdf()}).status_code == 302
    attachment = waiting.messages.get().attachments.get()
    assert attachment.scan == Scan.WAITING
    page = resident.get(f"/en{link}").content.decode()
    assert str(attachment.key) not in page
    assert "Not yet checked" in page


def test_answer_that_comes_too_late_is_explained_and_its_files_are_not_kept(resident, waiting, agent, link):
    accept(waiting, agent=agent)
    before = kept()
    response = resident.post("/en" + link + "repondre/", {"key": uuid4(), "documents": pdf(), "text": "Voici"})
    assert response.status_code == 400
    assert "already has its answer" in response.content.decode()
    assert kept() == before


def test_file_that_is_too_large_is_refused_and_the_rest_arrives(resident, waiting, link, settings):
    settings.UPLOAD_MAX_FILE_BYTES = 10_000
    data = {"key": uuid4(), "text": "Un mot", "documents": pdf("grand.pdf", PDF + b" " * 20_000)}
    response = resident.post(f"{link}repondre/", data)
    assert response.status_code == 400
    assert "grand.pdf" in response.content.decode()
    assert "Un mot" in response.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {"key": "not-a-key", "text": "Voici"},
        {"text": "Voici"},
        {"key": str(uuid4()), "text": "nul\x00octet"},
        {"key": str(uuid4()), "text": "x" * 10_001},
        {"key": str(uuid4()), "text": "x", "documents": "not a file", "status": "accepted"},
    ],
)
def test_odd_forms_never_break_the_page(resident, filed, link, data):
    assert resident.post(f"{link}ecrire/", data).status_code in {302, 400}
    filed.refresh_from_db()
    assert filed.status == "received"


def test_endless_text_is_refused_in_words(resident, filed, link, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
    response = resident.post(f"{link}ecrire/", {"key": uuid4(), "text": "x" * 2_000_000})
    assert response.status_code == 413
    assert not filed.messages.exists()


def test_flood_of_messages_is_stopped(resident, filed, link):
    for _ in range(PER_REQUEST.tries):
        resident.post(f"{link}ecrire/", {"key": uuid4(), "text": "?"})
    response = resident.post(f"{link}ecrire/", {"key": uuid4(), "text": "?"})
    assert response.status_code == 429
    assert resident.get(link).status_code == 200


def test_forms_from_another_site_are_refused(resident, filed, link):
    data = {"key": uuid4(), "text": "?"}
    assert resident.post(f"{link}ecrire/", data, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not filed.messages.exists()


def test_page_of_an_error_can_be_reloaded(resident, link):
    for path in ("repondre/", "ecrire/"):
        response = resident.get("/en" + link + path)
        assert (response.status_code, response.headers["Location"]) == (302, "/en" + link)


def test_wrong_link_receives_nothing(resident, filed):
    assert resident.post("/suivi/xxx/ecrire/", {"key": uuid4(), "text": "?"}).status_code == 404


def test_files_lie_in_the_private_storage_under_a_random_name(resident, filed, link):
    resident.post(f"{link}ecrire/", {"key": uuid4(), "text": "Voici", "documents": pdf("Nom de famille.pdf")})
    attachment = filed.messages.get().attachments.get()
    assert "famille" not in attachment.storage_name
    assert storages["private"].exists(attachment.storage_name)
    assert attachment.received_at <= timezone.now()

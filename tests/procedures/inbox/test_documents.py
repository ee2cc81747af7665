"""Where the documents are had: links, downloads, the acknowledgement e-mail; and without the library."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from cms.accounts.roles import AGENTS, role
from cms.formats import pdf
from procedures.filing import keys
from procedures.inbox import papers
from procedures.inbox.delivery import deliver
from procedures.inbox.downloads import BY_ADDRESS, BY_REQUEST
from procedures.inbox.models import OutboxMessage
from tests.factories.inbox import make_agent, make_answer, make_procedure, make_request
from tests.pdf_reading import Reading, needs_pango

pytestmark = [pytest.mark.django_db, needs_pango]


@pytest.fixture
def filed():
    said = make_answer("الاسم", "نعم", agent_label="Nom", agent_shown="Oui")
    return make_request(make_procedure(title="Inscription à la cantine"), language="ar", answers=(said,))


@pytest.fixture
def without_library(monkeypatch):
    """A machine that lacks the C library: none of its names loads."""
    monkeypatch.setattr(pdf, "LIBRARIES", (("libnobody-has-it.so.0",),))
    pdf.is_available.cache_clear()
    yield
    pdf.is_available.cache_clear()


@pytest.fixture
def desk(client, filed):
    user = make_agent(filed.department)
    user.groups.add(role(AGENTS))
    client.force_login(user)
    return client


def receipt_page(filed) -> str:
    token = keys.token(filed.idempotency_key, keys.RECEIPT)
    return reverse("filing:receipt", kwargs={"slug": filed.procedure.slug, "token": token})


def read(response) -> Reading:
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert "no-store" in response.headers["Cache-Control"]
    assert "noindex" in response.headers["X-Robots-Tag"]
    return Reading(response.getvalue())


def linked(client: Client, page: str, *ends: str) -> list[str]:
    """Addresses on ``page`` that end so."""
    html = client.get(page).content.decode()
    found = [part.partition('"')[0] for part in html.split('href="')[1:]]
    return [next(address for address in found if address.endswith(end)) for end in ends]


def test_receipt_page_leads_to_both_documents(client, filed):
    receipt, copy = linked(client, receipt_page(filed), "accuse.pdf", "demande.pdf")
    assert filed.number in read(client.get(receipt)).title
    assert "Camille" in read(client.get(copy)).all_text


def test_forged_address_of_a_receipt_gives_no_document(client, filed):
    url = receipt_page(filed).replace("/recu/", "/recu/x")
    assert client.get(f"{url.rstrip('/')}/accuse.pdf").status_code == 404


def test_tracking_page_leads_to_both_documents(client, filed):
    page = reverse("tracking:request", args=[filed.access_token])
    receipt, copy = linked(client, page, "accuse.pdf", "demande.pdf")
    assert read(client.get(receipt)).text("H1") == ["Acknowledgement of receipt"]
    assert read(client.get(copy)).text("H1") == ["Copy of the request"]
    assert client.get(receipt.replace(filed.access_token, "x" * 43)).status_code == 404


def test_documents_are_in_the_language_of_the_page(client, filed):
    for language in ("fr", "en", "ar"):
        with override(language):
            url = reverse("tracking:receipt_pdf", args=[filed.access_token])
        assert read(client.get(url)).language == language


def test_agent_gets_the_request_in_french_and_the_receipt_as_the_resident_has_it(desk, filed):
    receipt, copy = linked(desk, reverse("inbox:request", args=[filed.pk]), "accuse.pdf", "demande.pdf")
    request = read(desk.get(copy))
    assert request.language == "fr"
    assert "Oui" in request.all_text
    assert read(desk.get(receipt)).language == "ar"


@pytest.mark.parametrize("name", ["inbox:receipt_pdf", "inbox:request_pdf"])
def test_agent_of_another_department_gets_nothing(client, filed, name):
    stranger = make_agent(make_procedure().department)
    stranger.groups.add(role(AGENTS))
    client.force_login(stranger)
    assert client.get(reverse(name, args=[filed.pk])).status_code == 404


def test_acknowledgement_bears_the_receipt_in_the_resident_s_language(filed):
    message = filed.outbox.get()
    assert deliver(message.pk)
    [sent] = mail.outbox
    [(name, content, kind)] = sent.attachments
    assert (name, kind) == (f"receipt-{filed.number}.pdf", "application/pdf")
    receipt = Reading(content)
    assert receipt.language == "ar"
    assert filed.number in receipt.all_text
    assert sent.extra_headers["Message-ID"].startswith(f"<{message.key}@")


def test_other_messages_bear_no_receipt(filed):
    message = OutboxMessage.objects.create(
        request=filed, kind="closed", recipient="a@b.example", language="fr", payload=filed.outbox.get().payload
    )
    deliver(message.pk)
    assert mail.outbox[0].attachments == []


def test_message_leaves_without_a_receipt_that_cannot_be_drawn(filed, monkeypatch):
    monkeypatch.setattr(papers, "letterhead", None)
    assert deliver(filed.outbox.get().pk)
    assert mail.outbox[0].attachments == []
    assert filed.number in mail.outbox[0].body


def test_without_the_library_pages_show_no_link_and_the_message_leaves(without_library, desk, filed):
    for page in (
        receipt_page(filed),
        reverse("tracking:request", args=[filed.access_token]),
        reverse("tracking:receipt", args=[filed.access_token]),
        reverse("inbox:request", args=[filed.pk]),
    ):
        response = desk.get(page)
        assert response.status_code == 200
        html = response.content.decode()
        assert 'accuse.pdf"' not in html
        assert 'demande.pdf"' not in html
    assert desk.get(reverse("tracking:receipt_pdf", args=[filed.access_token])).status_code == 404
    assert deliver(filed.outbox.get().pk)
    assert mail.outbox[0].attachments == []


def test_somebody_who_downloads_without_end_is_asked_to_wait(client, filed):
    for _try in range(BY_REQUEST.tries):
        BY_REQUEST.count(filed.tracking_number)
    for url in (
        reverse("tracking:receipt_pdf", args=[filed.access_token]),
        f"{receipt_page(filed).rstrip('/')}/demande.pdf",
    ):
        response = client.get(url)
        assert response.status_code == 429
        assert "Too many documents at once" in response.content.decode()
        assert 0 < int(response.headers["Retry-After"]) <= BY_REQUEST.window_seconds


def test_one_address_cannot_draw_the_documents_of_many_requests_without_end(client, filed):
    for _try in range(BY_ADDRESS.tries):
        BY_ADDRESS.count("127.0.0.1")
    url = reverse("tracking:request_pdf", args=[filed.access_token])
    assert client.get(url).status_code == 429
    assert client.get(url, REMOTE_ADDR="10.0.0.1").status_code == 200


def test_agents_are_not_counted(desk, filed):
    for _try in range(BY_REQUEST.tries):
        BY_REQUEST.count(filed.tracking_number)
    assert desk.get(reverse("inbox:request_pdf", args=[filed.pk])).status_code == 200

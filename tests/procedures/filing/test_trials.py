"""An author tries a draft through the resident's own steps, and nothing comes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from cms.accounts.models import User
from procedures.definition.models import ProcedurePage, ProcedureVersion, Trial
from procedures.filing.models import Draft, DraftUpload
from procedures.filing.purge import purge_drafts
from procedures.inbox.models import OutboxMessage, ServiceRequest
from tests.factories.filing import a_pdf
from tests.factories.procedures import block_id, condition, fee, make_department, make_page, question, route, step
from tests.factories.trials import Author

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> ProcedurePage:
    nord = ("quartier", "is", "id:Nord")
    return make_page(
        step(
            "Vous",
            question("email", "Adresse électronique", id="email"),
            question("one_choice", "Quartier", id="quartier", choices=["Nord", "Sud"]),
        ),
        routes=[route(nord, department=make_department("Annexe Nord"), announced_delay_days=3)],
        fees=[fee("Déplacement", "2.50", nord)],
        title="Enlèvement d’encombrants",
    )


@pytest.fixture
def author(page: ProcedurePage) -> Author:
    return Author(page)


def test_the_saved_draft_is_tried_not_what_is_published(author, page):
    page.steps = [step("Vous", question("short_text", "Une question encore en travail", id="neuve"))]
    page.routes, page.fees = [], []
    page.save_revision()
    trial = author.begin()
    assert "Une question encore en travail" in author.client.get(author.url(trial, "1")).text
    assert ProcedureVersion.objects.count() == 1


def test_a_procedure_that_was_never_published_can_be_tried(page):
    page.unpublish()
    new = page.copy(update_attrs={"slug": "neuve", "title": "Neuve"}, keep_live=False)
    author = Author(new)
    trial = author.begin()
    assert author.client.get(author.url(trial, "1")).status_code == 200


def test_each_of_its_pages_says_that_it_is_a_trial(author):
    trial = author.begin()
    mark = "This is a trial of a draft"
    assert mark in author.client.get(author.url(trial, "1", "/en")).text
    author.post(trial, "1", email="a@example.org", quartier=block_id("Nord"))
    assert mark in author.client.get(author.url(trial, "verifier", "/en")).text


def test_the_end_says_who_would_answer_by_when_and_for_how_much(author):
    trial = author.begin()
    author.post(trial, "1", email="a@example.org", quartier=block_id("Nord"))
    page = author.client.get(author.url(trial, "verifier")).text
    assert "Annexe Nord" in page
    assert "2,50" in page
    assert 'name="declaration"' not in page


def test_nothing_is_filed_nor_mailed(author):
    trial = author.begin()
    author.post(trial, "1", email="a@example.org", quartier=block_id("Nord"))
    author.client.post(author.url(trial, "verifier"), {"declaration": "on"}, headers={"Origin": "http://testserver"})
    author.client.post(author.url(trial, "plus-tard"), {"email": "a@example.org"})
    assert not ServiceRequest.objects.exists()
    assert not OutboxMessage.objects.exists()
    assert mail.outbox == []
    assert author.draft(trial).link_due_at is None


@pytest.mark.parametrize("path", ["", "1/", "verifier/", "plus-tard/"])
def test_nobody_else_can_open_it(author, client: Client, path: str):
    trial = author.begin()
    assert client.get(f"/remplir/{trial.slug}/{path}").status_code == 404
    client.force_login(User.objects.create_superuser("autre@valmarie.example", "p"))
    assert client.get(f"/remplir/{trial.slug}/{path}").status_code == 404


def test_posting_to_the_trial_of_another_changes_nothing(author, client: Client):
    trial = author.begin()
    answer = client.post(author.url(trial, "1"), {block_id("email"): "x@example.org"})
    assert answer.status_code == 404
    assert author.draft(trial).data == {}


@pytest.mark.parametrize("slug", ["essai-", "essai-zz", f"essai-{'0' * 32}", f"essai-{'é' * 32}"])
def test_an_address_that_is_no_trial_is_not_found(author, slug: str):
    assert author.client.get(f"/remplir/{slug}/1/").status_code == 404


def test_it_is_gone_after_a_day_with_its_files(page, private_folder):
    page.steps = [step("Pièces", question("file", "Pièce", id="piece"))]
    page.routes, page.fees = [], []
    page.save_revision()
    author = Author(page)
    trial = author.begin()
    author.post(trial, "1", piece=a_pdf())
    assert DraftUpload.objects.count() == 1
    Trial.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    assert author.client.get(author.url(trial, "1")).status_code == 404
    purge_drafts()
    assert not Trial.objects.exists()
    assert not Draft.objects.exists()
    assert [path for path in private_folder.rglob("*") if path.is_file()] == []


def test_a_draft_is_of_a_version_or_of_a_trial(author):
    author.begin()
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(language="fr")


def test_what_cannot_be_filled_in_says_why_instead(author, page):
    page.steps = [step("Vous", question("short_text", "Nom", condition=condition(("absente", "is", "x"))))]
    page.routes, page.fees = [], []
    page.save_revision(clean=False)
    answer = author.admin("essayer", go="1")
    assert answer.status_code == 200
    assert 'role="alert"' in answer.text
    assert not Trial.objects.exists()


def test_it_is_shown_as_wide_as_a_phone_in_a_frame(author):
    trial = author.begin()
    frame = author.client.get(f"/admin/demarches/essais/{trial.key}/telephone/").text
    assert f'src="{author.url(trial, "1")}"' in frame
    answer = author.client.get(author.url(trial, "1"))
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_the_editor_leads_to_a_trial(author, page):
    assert f"/admin/demarches/{page.pk}/essayer/" in author.client.get(f"/admin/pages/{page.pk}/edit/").text

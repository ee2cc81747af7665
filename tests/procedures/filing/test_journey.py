"""A resident's way from the first step to the receipt, without JavaScript."""

import pytest

from procedures.definition.services import publish_version
from procedures.filing.models import Draft, DraftUpload
from procedures.inbox.models import Attachment, OutboxMessage, ServiceRequest
from tests.factories.filing import COPY, EXTRACT, WHO, Resident, a_pdf, typed
from tests.factories.procedures import block_id, make_procedure, question, step

pytestmark = pytest.mark.django_db


def test_the_first_step_opens_without_a_cookie_or_a_draft(resident):
    response = resident.get("1")
    assert response.status_code == 200
    assert not response.cookies
    assert not Draft.objects.exists()
    assert "Prénom" in response.text
    assert "csrfmiddlewaretoken" not in response.text


def test_the_start_leads_to_the_first_step_and_sets_no_cookie(resident):
    response = resident.client.get(f"/remplir/{resident.procedure.slug}/")
    assert response.headers["Location"] == resident.url("1")
    assert not response.cookies


def test_the_whole_way_makes_one_request_in_the_inbox(resident):
    assert resident.post("1", WHO).headers["Location"] == resident.url("2")
    assert resident.post("2", EXTRACT).headers["Location"] == resident.url("verifier")
    assert "nadia@example.org" in resident.get("verifier").text
    response = resident.send()
    assert response.status_code == 302
    request = ServiceRequest.objects.get()
    assert (request.requester_name, request.requester_email) == ("Nadia Martin", "nadia@example.org")
    assert request.channel == "portal"
    assert [answer["shown"] for answer in request.answers] == [
        "Nadia",
        "Martin",
        "nadia@example.org",
        "",
        "Extrait",
        "Non",
    ]
    assert OutboxMessage.objects.get().recipient == "nadia@example.org"
    assert not Draft.objects.exists()
    receipt = resident.client.get(response.headers["Location"])
    assert request.number in receipt.text
    assert "no-store" in receipt.headers["Cache-Control"]
    assert "État civil" in receipt.text
    assert request.access_token in receipt.text


def test_the_first_post_gives_a_signed_cookie_that_scripts_cannot_read(resident):
    cookie = resident.post("1", WHO).cookies[f"draft-{resident.procedure.pk}"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert str(Draft.objects.get().key) not in cookie.value


def test_a_forged_cookie_opens_no_draft(resident):
    resident.post("1", WHO)
    stranger = Resident(resident.procedure)
    stranger.client.cookies[f"draft-{resident.procedure.pk}"] = str(resident.draft().key)
    assert "Nadia" not in stranger.get("1").text


def test_an_invalid_post_keeps_everything_typed(resident):
    response = resident.post("1", {**WHO, **typed(email="pas une adresse", nom="")})
    assert response.status_code == 422
    assert f'href="#id_{block_id("email")}"' in response.text
    again = resident.get("1")
    assert "pas une adresse" in again.text
    assert "Nadia" in again.text
    assert resident.draft().data["answers"][block_id("prenom")] == "Nadia"


def test_values_survive_going_back_and_forth(resident):
    resident.post("1", WHO)
    assert resident.post("2", typed(document=block_id("Extrait")), back="1").headers["Location"] == resident.url("1")
    assert "nadia@example.org" in resident.get("1").text
    resident.post("1", WHO)
    assert "checked" in resident.get("2").text


def test_running_ahead_leads_to_the_first_unanswered_step_with_a_notice(resident):
    response = resident.client.get(resident.url("2"), follow=True)
    assert response.redirect_chain == [(f"{resident.url('1')}?avis=ordre", 302)]
    assert "notice--warning" in response.text
    resident.post("1", WHO)
    assert resident.get("verifier").headers["Location"] == f"{resident.url('2')}?avis=ordre"


def test_what_is_typed_ahead_of_its_turn_is_kept(resident):
    response = resident.post("2", EXTRACT)
    assert response.headers["Location"] == f"{resident.url('1')}?avis=ordre"
    assert resident.post("1", WHO).headers["Location"] == resident.url("2")
    assert "checked" in resident.get("2").text


@pytest.mark.parametrize("step", ["9", "0", "admin", "-", "1e3"])
def test_a_forged_step_is_not_found(resident, step):
    assert resident.get(step).status_code == 404
    assert resident.post(step, WHO).status_code == 404
    assert not Draft.objects.exists()


def test_an_unknown_procedure_is_not_found(client, db):
    assert client.get("/remplir/rien/1/").status_code == 404
    assert client.post("/remplir/rien/1/").status_code == 404


def test_unknown_fields_are_left_out(resident):
    resident.post("1", WHO, is_admin="1", **{block_id("urgent"): "yes", block_id("nom") + "__x": "1"})
    assert "is_admin" not in str(resident.draft().data)
    assert block_id("urgent") not in str(resident.draft().data)
    assert "__x" not in str(resident.draft().data)


def test_a_question_that_an_answer_brings_up_is_asked_on_the_same_step(resident):
    resident.post("1", WHO)
    response = resident.post("2", {**EXTRACT, **typed(urgent="yes")})
    assert response.status_code == 200
    assert "Pourquoi ?" in response.text
    assert 'class="errors"' not in response.text
    assert resident.post("2", {**EXTRACT, **typed(urgent="yes")}).status_code == 422
    answered = {**EXTRACT, **typed(urgent="yes", pourquoi="Un mariage.")}
    assert resident.post("2", answered).headers["Location"] == resident.url("verifier")


def test_a_hidden_answer_is_not_filed_and_comes_back_when_its_question_does(resident):
    resident.post("1", WHO)
    resident.post("2", {**EXTRACT, **typed(urgent="yes", pourquoi="Un mariage.")})
    resident.post("2", EXTRACT)
    assert "Un mariage." not in resident.get("verifier").text
    assert "Un mariage." in resident.post("2", {**EXTRACT, **typed(urgent="yes")}).text
    resident.post("2", EXTRACT)
    resident.send()
    assert "Un mariage." not in str(ServiceRequest.objects.get().answers)


def test_a_step_that_an_answer_brings_up_comes_next(resident):
    resident.post("1", WHO)
    assert resident.post("2", COPY).headers["Location"] == resident.url("3")
    assert "4" in resident.get("3").text
    assert resident.get("verifier").headers["Location"] == f"{resident.url('3')}?avis=ordre"


def test_nothing_is_sent_without_the_declaration(resident):
    resident.answer_everything()
    response = resident.post("verifier")
    assert response.status_code == 422
    assert "id_declaration" in response.text
    assert not ServiceRequest.objects.exists()


def test_sending_an_incomplete_request_leads_to_what_is_missing(resident):
    resident.post("1", WHO)
    assert resident.send().headers["Location"] == f"{resident.url('2')}?avis=ordre"
    assert not ServiceRequest.objects.exists()


def test_changing_an_answer_from_the_summary_leads_back_to_it(resident):
    resident.answer_everything()
    assert f"{resident.url('1')}?retour=1#id_{block_id('nom')}" in resident.get("verifier").text
    response = resident.client.post(f"{resident.url('1')}?retour=1", {**WHO, **typed(nom="Benali")})
    assert response.headers["Location"] == resident.url("verifier")
    assert "Benali" in resident.get("verifier").text


def test_a_double_click_gives_the_same_receipt(resident):
    resident.answer_everything()
    first, second = resident.send(), resident.send()
    assert first.headers["Location"] == second.headers["Location"]
    assert ServiceRequest.objects.count() == 1
    assert resident.get("1").headers["Location"] == first.headers["Location"]
    assert resident.post("1", WHO).headers["Location"] == first.headers["Location"]


def test_a_summary_left_open_overnight_gives_the_same_receipt(resident):
    resident.answer_everything()
    page = resident.get("verifier").text
    token = page.split('name="draft" value="')[1].split('"')[0]
    receipt = resident.send().headers["Location"]
    resident.client.cookies.clear()
    assert resident.post("verifier", declaration="on", draft=token).headers["Location"] == receipt
    assert ServiceRequest.objects.count() == 1


def test_after_filing_one_can_start_anew(resident):
    resident.answer_everything()
    resident.send()
    start = f"/remplir/{resident.procedure.slug}/"
    assert resident.client.get(start).headers["Location"] == resident.url("1")
    assert resident.get("1").status_code == 200
    resident.answer_everything()
    resident.send()
    assert ServiceRequest.objects.count() == 2


def test_the_start_offers_to_go_on_with_a_draft(resident):
    resident.post("1", WHO)
    start = f"/remplir/{resident.procedure.slug}/"
    response = resident.client.get(start)
    assert resident.url("2") in response.text
    assert resident.client.get(f"{start}?nouvelle=1").headers["Location"] == resident.url("1")
    assert "Nadia" not in resident.get("1").text


def test_the_draft_stays_on_its_version_when_another_is_published(resident):
    resident.post("1", WHO)
    page = resident.procedure.page
    page.title = "Acte de naissance, autrement"
    page.steps.raw_data[0]["value"]["title"] = "Qui êtes-vous ?"
    page.steps = page.steps.stream_block.to_python(list(page.steps.raw_data))
    page.save_revision().publish()
    publish_version(page)
    resident.procedure.refresh_from_db()
    assert resident.procedure.current.number == 2
    assert "Qui êtes-vous" not in resident.get("1").text
    assert "Qui êtes-vous" in Resident(resident.procedure).get("1").text
    resident.post("2", EXTRACT)
    resident.send()
    assert ServiceRequest.objects.get().version.number == 1


def test_a_closed_procedure_takes_no_new_draft_but_lets_a_begun_one_end(resident):
    resident.post("1", WHO)
    resident.procedure.page.unpublish()
    assert Resident(resident.procedure).get("1").status_code == 404
    assert Resident(resident.procedure).post("1", WHO).status_code == 404
    resident.post("2", EXTRACT)
    resident.send()
    assert ServiceRequest.objects.count() == 1


def test_switching_language_midway_keeps_the_draft(resident):
    resident.post("1", WHO)
    resident.prefix = "/ar"
    page = resident.get("2")
    assert 'dir="rtl"' in page.text
    assert 'lang="fr"' in page.text
    resident.post("2", EXTRACT)
    resident.send()
    request = ServiceRequest.objects.get()
    assert request.language == "ar"
    assert request.answers[-1]["agent_shown"] == "Non"


def test_a_post_from_another_site_is_refused(resident):
    response = resident.client.post(resident.url("1"), WHO, headers={"Origin": "https://evil.example"})
    assert response.status_code == 403
    assert not Draft.objects.exists()


def test_each_page_has_a_strict_policy_and_no_inline_style(resident):
    resident.answer_everything()
    for page in (resident.get("1"), resident.get("verifier")):
        assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
        assert "style=" not in page.text
        assert "<script>" not in page.text


class TestFiles:
    def to_files(self, resident):
        resident.post("1", WHO)
        resident.post("2", COPY)

    def test_a_file_is_kept_when_another_field_is_wrong(self, resident):
        self.to_files(resident)
        response = resident.post("3", typed(piece=a_pdf("carte.pdf"), naissance="jamais"))
        assert response.status_code == 422
        assert "carte.pdf" in response.text
        assert DraftUpload.objects.get().media_type == "application/pdf"
        again = resident.post("3", typed(naissance="14/07/1990"))
        assert again.headers["Location"] == resident.url("verifier")

    def test_filing_hands_the_stored_file_over(self, resident):
        self.to_files(resident)
        resident.post("3", typed(piece=a_pdf("carte.pdf"), naissance="14/07/1990"))
        name = DraftUpload.objects.get().storage_name
        resident.send()
        attachment = Attachment.objects.get()
        assert (attachment.storage_name, attachment.original_name) == (name, "carte.pdf")
        assert attachment.open().read().startswith(b"%PDF")
        assert not DraftUpload.objects.exists()

    def test_a_file_can_be_removed_with_what_is_typed_kept(self, resident, private_folder):
        self.to_files(resident)
        resident.post("3", typed(piece=a_pdf(), naissance="jamais"))
        name = DraftUpload.objects.get()
        response = resident.post("3", typed(naissance="14/07"), **{f"remove-{name.pk}": "1"})
        assert response.headers["Location"] == resident.url("3")
        page = resident.get("3").text
        assert "acte.pdf" not in page
        assert "14/07" in page
        assert not DraftUpload.objects.exists()

    def test_nobody_removes_the_file_of_another_draft(self, resident):
        self.to_files(resident)
        resident.post("3", typed(piece=a_pdf()))
        upload = DraftUpload.objects.get()
        stranger = Resident(resident.procedure)
        stranger.post("1", WHO, **{f"remove-{upload.pk}": "1"})
        assert DraftUpload.objects.filter(pk=upload.pk).exists()

    def test_a_file_of_a_question_hidden_since_is_not_filed(
        self, resident, private_folder, django_capture_on_commit_callbacks
    ):
        self.to_files(resident)
        resident.post("3", typed(piece=a_pdf(), naissance="14/07/1990"))
        resident.post("2", EXTRACT)
        with django_capture_on_commit_callbacks(execute=True):
            resident.send()
        assert not Attachment.objects.exists()
        assert not [path for path in private_folder.rglob("*") if path.is_file()]

    def test_a_refused_file_says_why_and_keeps_the_rest(self, resident):
        self.to_files(resident)
        fake = a_pdf("photo.png")
        response = resident.post("3", typed(piece=fake, naissance="14/07/1990"))
        assert response.status_code == 422
        assert "photo.png" in response.text
        assert "14/07/1990" in response.text
        assert not DraftUpload.objects.exists()


def test_whoever_gave_no_address_reads_the_link_on_the_receipt():
    procedure = make_procedure(step("Vous", question("short_text", "Votre idée", id="idee")))
    resident = Resident(procedure)
    resident.post("1", typed(idee="Un banc"))
    receipt = resident.client.get(resident.send().headers["Location"]).text
    address = f"http://testserver/suivi/{ServiceRequest.objects.get().access_token}/"
    assert f">{address}</bdi>" in receipt
    assert "writes to you" not in receipt

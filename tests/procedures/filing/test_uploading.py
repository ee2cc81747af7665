"""Files sent as they are chosen, piece by piece."""

import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from procedures.filing.attachments import FILES_PER_DRAFT
from procedures.filing.models import Draft, DraftUpload, PartialUpload
from procedures.filing.purge import purge_drafts, purge_partial_uploads, sweep_orphans
from procedures.filing.views import uploading
from procedures.inbox.models import Attachment, ServiceRequest
from procedures.uploads.keeping import stored_names
from tests.factories.filing import COPY, PDF, WHO, Resident, typed
from tests.factories.procedures import block_id, make_procedure, question, step
from tests.factories.uploading import HEADERS, Sender, told
from tests.procedures.uploads.samples import FILES

pytestmark = pytest.mark.django_db
LONG_PDF = PDF + b"%" * 5000
BORN = typed(naissance="14/07/1990")


@pytest.fixture
def sender(resident):
    """A resident on the step of documents."""
    resident.post("1", WHO)
    resident.post("2", COPY)
    return Sender(resident)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What happens once the transaction is committed."""
    return django_capture_on_commit_callbacks


def stored() -> list[str]:
    return list(stored_names("drafts"))


def test_a_file_in_pieces_answers_the_question_and_reaches_the_request(sender, resident):
    assert sender.send("acte.pdf", LONG_PDF).status_code == 204
    upload = resident.draft().uploads.get()
    assert (upload.original_name, upload.size_bytes) == ("acte.pdf", len(LONG_PDF))
    assert upload.sha256 == hashlib.sha256(LONG_PDF).hexdigest()
    assert not PartialUpload.objects.exists()
    assert stored() == [upload.storage_name]
    assert resident.post("3", BORN).headers["Location"] == resident.url("verifier")
    assert resident.send().status_code == 302
    assert Attachment.objects.get().open().read() == LONG_PDF


def test_the_first_file_makes_the_draft_and_gives_its_cookie(procedure):
    make_first = make_procedure(step("Pièce", question("file", "Pièce", id="piece")), slug="piece-seule")
    resident = Resident(make_first)
    sender = Sender(resident)
    assert sender.send("acte.pdf", PDF).status_code == 204
    draft = Draft.objects.get()
    assert draft.uploads.count() == 1
    assert resident.post("1").headers["Location"] == resident.url("verifier")
    assert Draft.objects.count() == 1


def test_a_file_refused_at_the_door_makes_no_draft(procedure):
    sender = Sender(Resident(procedure))
    assert sender.begin("programme.exe", 100).status_code == 422
    assert not Draft.objects.exists()


def test_after_a_cut_the_browser_asks_where_it_stopped_and_goes_on(sender, resident):
    address = sender.begin("acte.pdf", len(LONG_PDF))["Location"]
    assert sender.where(address) == 0
    assert sender.piece(address, 0, LONG_PDF[:1500])["Upload-Offset"] == "1500"
    assert sender.where(address) == 1500
    sender.piece(address, 1500, LONG_PDF[1500:])
    assert sender.where(address) == len(LONG_PDF)
    assert resident.draft().uploads.get().sha256 == hashlib.sha256(LONG_PDF).hexdigest()


def test_the_same_file_chosen_again_after_a_reload_goes_on_where_it_stopped(sender, resident):
    first = sender.begin("acte.pdf", len(LONG_PDF))
    sender.piece(first["Location"], 0, LONG_PDF[:1500])
    page = resident.get("3").content.decode()
    assert "acte.pdf" in page
    assert "29 %" in page
    again = sender.begin("acte.pdf", len(LONG_PDF))
    assert (again["Location"], again["Upload-Offset"]) == (first["Location"], "1500")
    assert sender.begin("acte.pdf", len(LONG_PDF), fingerprint="2")["Location"] != first["Location"]


@pytest.mark.parametrize("place", [0, 999, 1001, 10_000])
def test_a_piece_for_another_place_is_refused_and_changes_nothing(sender, place):
    address = sender.begin("acte.pdf", len(LONG_PDF))["Location"]
    sender.piece(address, 0, LONG_PDF[:1000])
    assert sender.piece(address, place, b"x" * 100).status_code == 409
    assert sender.where(address) == 1000


def test_more_bytes_than_announced_are_refused(sender):
    address = sender.begin("acte.pdf", 100)["Location"]
    assert sender.piece(address, 0, b"x" * 101).status_code == 409
    assert sender.where(address) == 0


def test_the_last_piece_sent_again_finds_the_file_complete_and_doubles_nothing(sender, resident):
    address = sender.begin("acte.pdf", len(PDF))["Location"]
    assert sender.piece(address, 0, PDF).status_code == 204
    assert sender.piece(address, 0, PDF).status_code == 409
    assert sender.where(address) == len(PDF)
    assert resident.draft().uploads.count() == 1


def test_a_removed_file_is_gone_and_its_question_asked_again(sender, resident, committed):
    address = sender.begin("acte.pdf", len(PDF))["Location"]
    sender.piece(address, 0, PDF)
    resident.post("3", BORN)
    with committed(execute=True):
        assert sender.remove(address).status_code == 204
    assert stored() == []
    assert resident.get("verifier").headers["Location"].startswith(resident.url("3"))
    assert sender.remove(address).status_code == 204


def test_a_file_given_up_on_its_way_leaves_nothing(sender, committed):
    address = sender.begin("acte.pdf", len(LONG_PDF))["Location"]
    sender.piece(address, 0, LONG_PDF[:1500])
    with committed(execute=True):
        assert sender.remove(address).status_code == 204
    assert stored() == []
    assert sender.client.head(address, headers=HEADERS).status_code == 404


def test_a_file_cut_on_its_way_can_be_removed_without_script(sender, resident, committed):
    sender.piece(sender.begin("acte.pdf", len(LONG_PDF))["Location"], 0, LONG_PDF[:1500])
    with committed(execute=True):
        resident.post("3", **{f"remove-{PartialUpload.objects.get().key}": "1"})
    assert stored() == []
    assert not PartialUpload.objects.exists()


def test_another_browser_neither_sees_nor_touches_the_file(sender, resident, procedure):
    address = sender.begin("acte.pdf", len(LONG_PDF))["Location"]
    stranger = Resident(procedure)
    stranger.post("1", WHO)
    other = Sender(stranger)
    assert other.client.head(address, headers=HEADERS).status_code == 404
    assert other.piece(address, 0, b"x").status_code == 404
    other.remove(address)
    assert sender.where(address) == 0


def test_a_page_of_another_site_sends_nothing(sender):
    address = sender.begin("acte.pdf", len(PDF))["Location"]
    evil = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert sender.begin("acte.pdf", len(PDF), **evil).status_code == 403
    assert sender.piece(address, 0, PDF, **evil).status_code == 403
    assert sender.client.delete(address, headers={**HEADERS, **evil}).status_code == 403
    assert sender.where(address) == 0


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        ("acte.pdf", 0, "is empty"),
        ("acte.pdf", 11 * 1024 * 1024, "too large"),
        ("programme.exe", 100, "We accept: PDF"),
        ("sans-extension", 100, "We accept: PDF"),
    ],
)
def test_what_cannot_be_kept_is_refused_before_it_is_sent(resident, sender, name, size, said):
    sender.url = "/en" + sender.url
    response = sender.begin(name, size)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not PartialUpload.objects.exists()


def test_a_content_that_belies_its_name_is_refused_at_the_end(sender):
    response = sender.send("acte.pdf", b"MZ\x90\0" + b"\0" * 3000)
    assert response.status_code == 422
    assert "acte.pdf" in response.content.decode()
    assert not PartialUpload.objects.exists()
    assert stored() == []


@pytest.fixture
def pictures(db):
    """A question that takes two small pictures."""
    options = {"kinds": "pictures", "max_files": 2, "max_megabytes": 1}
    procedure = make_procedure(step("Photos", question("file", "Photos", id="piece", **options)), slug="photos")
    return Resident(procedure)


def test_a_question_has_kinds_size_and_number_of_its_own(pictures):
    sender = Sender(pictures)
    assert "JPEG, PNG, WebP, HEIC" in sender.begin("acte.pdf", 100).content.decode()
    assert sender.begin("photo.png", 1024 * 1024 + 1).status_code == 422
    assert sender.send("acte.png", PDF).status_code == 422  # told by its content
    for number in range(2):
        assert sender.send(f"{number}.png", FILES["scan.png"]).status_code == 204
    assert "2 " in sender.begin("3.png", 100).content.decode()
    assert pictures.draft().uploads.count() == 2


def test_without_script_the_question_has_the_same_kinds(pictures):
    response = pictures.post("1", typed(piece=[_posted("acte.pdf", PDF), _posted("scan.png", FILES["scan.png"])]))
    assert response.status_code == 422
    assert [file.original_name for file in pictures.draft().uploads.all()] == ["scan.png"]


def _posted(name, content):
    return SimpleUploadedFile(name, content)


def test_a_draft_holds_so_many_files_whole_or_on_their_way(sender, resident):
    draft = resident.draft()
    for number in range(FILES_PER_DRAFT):
        PartialUpload.objects.create(
            draft=draft, question_id="other", fingerprint=str(number), original_name="x.pdf", size_bytes=9
        )
    response = sender.begin("acte.pdf", 100)
    assert response.status_code == 422
    assert str(FILES_PER_DRAFT) in response.content.decode()


def test_a_sent_request_takes_no_more_files(sender, resident):
    address = sender.begin("cut.pdf", len(LONG_PDF))["Location"]
    sender.piece(address, 0, LONG_PDF[:10])
    sender.send("acte.pdf", PDF)
    resident.post("3", BORN)
    resident.send()
    assert sender.begin("acte.pdf", len(PDF)).status_code == 410
    assert sender.piece(address, 10, LONG_PDF[10:]).status_code == 410
    assert sender.client.head(address, headers=HEADERS).status_code == 410


def test_a_request_is_not_sent_with_a_file_that_went_away_meanwhile(sender, resident):
    sender.send("acte.pdf", PDF)
    resident.post("3", BORN)
    DraftUpload.objects.all().delete()  # as the antivirus does while a post is on its way
    assert resident.send().headers["Location"] == f"{resident.url('verifier')}?avis=ordre"
    assert resident.get("verifier").headers["Location"].startswith(resident.url("3"))
    assert not ServiceRequest.objects.exists()


def test_a_request_names_the_file_that_came_in_the_last_moment(sender, resident):
    sender.send("un.pdf", PDF)
    resident.post("3", BORN)
    answers = resident.draft().data
    sender.send("deux.pdf", PDF, fingerprint="2")
    Draft.objects.update(data=answers)  # saved by a tab that had not seen it
    resident.send()
    shown = {answer["question_id"]: answer["shown"] for answer in ServiceRequest.objects.get().answers}
    assert shown[block_id("piece")] == "un.pdf, deux.pdf"


def test_a_question_that_takes_no_file_is_not_found(sender):
    sender.question = block_id("prenom")
    assert sender.begin("acte.pdf", 100).status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.1"}, 412),
        ({"Upload-Length": "many"}, 400),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "9" * 40}, 400),
        ({"Upload-Metadata": "filename ###"}, 400),
        ({"Upload-Metadata": "filename //8="}, 400),
        ({"Upload-Metadata": told(question="\0", filename="a.pdf")}, 404),
    ],
)
def test_an_odd_beginning_is_refused(sender, headers, status):
    assert sender.begin("acte.pdf", 100, **headers).status_code == status


def test_an_odd_piece_is_refused(sender):
    address = sender.begin("acte.pdf", len(PDF))["Location"]
    assert sender.client.patch(address, PDF, content_type="text/plain", headers=HEADERS).status_code == 415
    assert sender.piece(address, 0, PDF, **{"Upload-Offset": "x"}).status_code == 400
    assert sender.piece(f"{sender.url}{uuid4()}/", 0, PDF).status_code == 404
    too_much = b"x" * (uploading.PIECE_BYTES + 1)
    assert sender.piece(address, 0, too_much).status_code == 413
    assert sender.where(address) == 0


def test_the_server_tells_what_it_can_do(sender):
    response = sender.client.options(sender.url)
    assert response.status_code == 204
    assert response["Tus-Version"] == "1.0.0"
    assert response["Tus-Extension"] == "creation,termination"


def test_a_sender_without_measure_is_slowed_down_with_a_word(sender, settings):
    settings.FILING_RATES = {**settings.FILING_RATES, "files_per_address": "2/hour"}
    answers = [sender.begin(f"{number}.pdf", 100) for number in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert "connection" in answers[2].content.decode()


def test_a_piece_costs_few_queries(sender):
    address = sender.begin("acte.pdf", len(LONG_PDF))["Location"]
    with CaptureQueriesContext(connection) as captured:
        sender.piece(address, 0, LONG_PDF[:1000])
    assert len(captured) <= 3
    with CaptureQueriesContext(connection) as captured:
        sender.where(address)
    assert len(captured) <= 2
    with CaptureQueriesContext(connection) as captured:
        sender.piece(address, 1000, LONG_PDF[1000:])
    assert len([one for one in captured if "SAVEPOINT" not in one["sql"]]) <= 7


def test_files_on_their_way_end_with_their_draft_or_after_a_day(sender, resident):
    addresses = [sender.begin(f"{number}.pdf", len(LONG_PDF))["Location"] for number in range(2)]
    for address in addresses:
        sender.piece(address, 0, LONG_PDF[:1500])
    assert purge_partial_uploads() == 0
    later = timezone.now() + timedelta(days=2)
    assert sweep_orphans(later) == 0  # they have their rows
    PartialUpload.objects.filter(original_name="0.pdf").update(touched_at=timezone.now() - timedelta(hours=25))
    assert purge_partial_uploads() == 1
    assert len(stored()) == 1
    Draft.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert purge_drafts() == 1
    assert stored() == []
    assert not DraftUpload.objects.exists()


def test_a_piece_without_row_is_swept_after_a_day(sender):
    storages["private"].save("drafts/pieces/abc-000000000010-x", ContentFile(b"x"))
    assert sweep_orphans() == 0
    assert sweep_orphans(timezone.now() + timedelta(days=2)) == 1


@pytest.fixture
def children(db):
    """A group of children, each with a paper."""
    group = question(
        "group", "Enfant", id="enfant", questions=[question("file", "Pièce", id="piece")], min_rows=1, max_rows=3
    )
    return Resident(make_procedure(step("Enfants", group), slug="enfants"))


def test_a_row_of_a_group_takes_files_of_its_own(children):
    sender = Sender(children)
    group_id = block_id("enfant")
    for row in ("1", "b2"):
        words = told(question=f"{group_id}.{row}.{block_id('piece')}", filename=f"{row}.pdf", fingerprint=row)
        address = sender.begin("", len(PDF), **{"Upload-Metadata": words})["Location"]
        assert sender.piece(address, 0, PDF).status_code == 204
    kept = children.draft().uploads.values_list("question_id", "original_name")
    assert dict(kept) == {f"{group_id}.{row}.{block_id('piece')}": f"{row}.pdf" for row in ("1", "b2")}


@pytest.mark.parametrize(
    "key", ["{group}.ROW!.{piece}", "{piece}.1.{piece}", "{group}.1.{group}", "{group}.1.", "..", "{group}"]
)
def test_a_row_that_cannot_be_takes_none(children, key):
    words = told(question=key.format(group=block_id("enfant"), piece=block_id("piece")), filename="a.pdf")
    assert Sender(children).begin("", len(PDF), **{"Upload-Metadata": words}).status_code == 404

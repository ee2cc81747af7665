"""Whatever is sent: a clear message, the right status, nothing typed lost, never a 500."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procedures.filing import keys, typed
from procedures.filing.models import Draft, DraftUpload
from procedures.inbox.models import ServiceRequest
from tests.factories.filing import COPY, EXTRACT, PDF, WHO, a_pdf
from tests.factories.filing import typed as answers
from tests.factories.procedures import block_id

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


def test_a_text_of_ten_megabytes_is_answered_with_its_error_and_the_rest_kept(resident):
    response = resident.post("1", {**WHO, **answers(nom="x" * 10 * MEGABYTE)})
    assert response.status_code == 422
    assert "100000" in response.text.replace("\u202f", "").replace("\xa0", "")
    kept = resident.draft().data
    assert kept["answers"][block_id("prenom")] == "Nadia"
    assert kept["step_data"]["1"][block_id("nom")] == ["x" * typed.KEPT_CHARACTERS]
    assert "nadia@example.org" in resident.get("1").text


def test_a_text_past_all_limits_is_refused_with_a_page_that_leads_back(resident, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000
    resident.post("1", WHO)
    for kind in ({}, {"content_type": "application/x-www-form-urlencoded"}):
        body = {**WHO, **answers(nom="x" * 200_000)} if not kind else f"{block_id('nom')}={'x' * 200_000}"
        response = resident.client.post(resident.url("1"), body, **kind)
        assert response.status_code == 413
        assert resident.url("1") in response.text
    assert resident.draft().data["answers"][block_id("nom")] == "Martin"


def test_a_file_past_the_limit_is_refused_and_the_other_fields_kept(resident, settings):
    settings.UPLOAD_MAX_FILE_BYTES = MEGABYTE
    resident.post("1", WHO)
    resident.post("2", COPY)
    large = SimpleUploadedFile("film.pdf", PDF + b"0" * 3 * MEGABYTE)
    response = resident.post("3", answers(piece=large, naissance="14/07/1990"))
    assert response.status_code == 413
    assert "film.pdf" in response.text
    assert "14/07/1990" in response.text
    assert not DraftUpload.objects.exists()
    assert resident.draft().data["answers"][block_id("naissance")] == "1990-07-14"


def test_a_file_past_the_limit_sent_ahead_of_its_turn_is_refused_as_well(resident, settings):
    settings.UPLOAD_MAX_FILE_BYTES = MEGABYTE
    large = SimpleUploadedFile("film.pdf", PDF + b"0" * 2 * MEGABYTE)
    response = resident.post("3", answers(piece=large, naissance="14/07/1990"))
    assert response.status_code == 413
    assert resident.url("1") in response.text
    assert "14/07/1990" in str(resident.draft().data)


def test_a_body_that_is_not_worth_reading_is_refused_unread(resident, settings):
    settings.UPLOAD_MAX_DRAINED_BYTES = MEGABYTE
    body = io.BytesIO(b"x")
    response = resident.client.post(
        resident.url("1"), data=body.read(), content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="314572800"
    )
    assert response.status_code == 413
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=" + "x" * 300, b""),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nunended"),
        ("application/json", b'{"a": 1}'),
        ("application/x-www-form-urlencoded; charset=bogus", b"a=1"),
        ("", b"\xff\xfe\0"),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(5_000))),
        ("application/x-www-form-urlencoded", b"%00=%00&%zz=%zz"),
    ],
)
def test_a_body_that_is_no_form_is_answered_clearly(resident, content_type, body):
    response = resident.client.generic("POST", resident.url("1"), body, content_type=content_type)
    assert response.status_code in {400, 422}
    assert "<h1" in response.text


def test_a_null_character_is_told_and_the_rest_of_the_answer_kept(resident):
    response = resident.post("1", {**WHO, **answers(nom="Mar\0tin")})
    assert response.status_code == 422
    assert f'href="#id_{block_id("nom")}"' in response.text
    assert "Martin" in resident.get("1").text
    assert "Nadia" in resident.get("1").text


def test_an_expired_draft_is_told_with_410_and_an_offer_to_start_again(resident):
    resident.post("1", WHO)
    Draft.objects.update(expires_at="2020-01-01T00:00Z")
    response = resident.get("2")
    assert response.status_code == 410
    assert f"/remplir/{resident.procedure.slug}/?nouvelle=1" in response.text
    assert resident.get("verifier").status_code == 410
    assert resident.send().status_code == 410


def test_what_is_typed_into_an_expired_draft_is_kept_in_a_new_one(resident):
    resident.post("1", WHO)
    Draft.objects.all().delete()
    response = resident.post("1", {**WHO, **answers(nom="Benali")})
    assert response.status_code == 410
    assert resident.url("2") in response.text
    assert "Benali" in resident.get("1").text
    assert resident.get("2").status_code == 200


def test_a_deleted_draft_is_told_with_410(resident):
    resident.post("1", WHO)
    Draft.objects.all().delete()
    assert resident.get("1").status_code == 410
    assert resident.client.get(f"/remplir/{resident.procedure.slug}/plus-tard/").status_code == 410


@pytest.mark.parametrize("token", ["x", "~", "a~b", "%00", "é", "x" * 2_000])
def test_a_forged_receipt_or_link_opens_nothing(resident, token):
    assert resident.client.get(f"/remplir/{resident.procedure.slug}/recu/{token}/").status_code == 404
    assert resident.client.get(f"/reprendre/{token}/").status_code == 410


def test_a_key_signed_for_one_purpose_serves_no_other(resident):
    resident.post("1", WHO)
    key = resident.draft().key
    resume = keys.token(key, keys.RESUME)
    assert keys.key_of(resume, keys.RESUME) == key
    assert keys.key_of(resume, keys.RECEIPT) is None
    assert keys.key_of(resume, keys.COOKIE) is None


def test_choices_that_are_not_offered_are_refused(resident):
    resident.post("1", WHO)
    response = resident.post("2", {**EXTRACT, **answers(document="' OR 1=1 --")})
    assert response.status_code == 422
    assert resident.send().status_code == 302
    assert not ServiceRequest.objects.exists()


def test_text_where_a_file_is_asked_and_a_file_where_text_is_asked(resident):
    assert resident.post("1", {**WHO, **answers(nom=a_pdf())}).status_code == 422
    resident.post("1", WHO)
    resident.post("2", COPY)
    assert resident.post("3", answers(piece="acte.pdf", naissance="14/07/1990")).status_code == 422
    assert not DraftUpload.objects.exists()


def test_a_draft_takes_so_many_files_and_no_more(resident, monkeypatch):
    monkeypatch.setattr("procedures.filing.attachments.FILES_PER_DRAFT", 2)
    resident.post("1", WHO)
    resident.post("2", COPY)
    response = resident.post("3", answers(piece=[a_pdf(f"{number}.pdf") for number in range(4)], naissance="1/1/1990"))
    assert response.status_code == 422
    assert DraftUpload.objects.count() == 2


ODD_TEXT = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["", "\0", "yes", "2024-02-30", "99/99/9999", "a@b", "+33", "-1", "1e309", "\ud7ff", "‮"]),
)
NAMES = st.one_of(
    st.sampled_from([block_id(name) for name in ("prenom", "nom", "email", "phone", "document", "urgent", "piece")]),
    st.sampled_from(
        ["back", "later", "remove-1", "remove-", "remove-x", "remove-9" + "9" * 40, "draft", "declaration"]
    ),
    st.text(max_size=40),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(
    posts=st.lists(
        st.tuples(
            st.sampled_from(["1", "2", "3", "verifier", "4", "x"]),
            st.dictionaries(NAMES, st.one_of(ODD_TEXT, st.lists(ODD_TEXT, max_size=3)), max_size=8),
        ),
        min_size=1,
        max_size=4,
    ),
    query=st.sampled_from(["", "?retour=1", "?avis=ordre", "?avis=%00"]),
    cookie=st.one_of(st.none(), st.text(st.characters(max_codepoint=255), max_size=60)),  # as WSGI hands them over
)
def test_no_post_whatsoever_breaks_the_wizard(procedure, posts, query, cookie):
    client = Client(raise_request_exception=True)
    if cookie is not None:
        client.cookies[keys.cookie_name(procedure.pk)] = cookie
    for step, data in posts:
        url = f"/remplir/{procedure.slug}/{step}/{query}"
        response = client.post(url, {key: value for key, value in data.items() if value != []})
        assert response.status_code in {200, 302, 400, 404, 410, 413, 422}
        if response.status_code == 302:
            assert client.get(response.headers["Location"]).status_code in {200, 302, 410}

import hashlib
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from procedures.uploads import keeping, media_types
from procedures.uploads.keeping import forget, keep, stored_names, tidy_name
from procedures.uploads.sniffing import sniff
from tests.procedures.uploads.samples import FILES, PDF, REFUSED


@pytest.fixture(autouse=True)
def _private_folder(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path, "base_url": None}},
    }


def upload(name: str, content: bytes, said: str = "application/octet-stream") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, said)


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_told_by_its_content(name):
    kept = keep(upload(name, FILES[name], "text/html"), "drafts")
    assert "." + name.rpartition(".")[2].lower() in kind_named(kept.media_type).extensions
    assert kept.size_bytes == len(FILES[name])
    assert kept.sha256 == hashlib.sha256(FILES[name]).hexdigest()
    assert storages["private"].open(kept.storage_name).read() == FILES[name]


def kind_named(name: str) -> media_types.MediaType:
    return next(kind for kind in media_types.ACCEPTED if kind.name == name)


@pytest.mark.parametrize("name", REFUSED)
def test_a_kind_that_nobody_can_read_safely_is_refused(name):
    with pytest.raises(ValidationError, match="not a file we can read"):
        keep(upload(name, REFUSED[name]), "drafts")
    assert not list(stored_names("drafts"))


def test_a_name_that_lies_about_the_content_is_refused():
    with pytest.raises(ValidationError, match=r"ends in \.pdf"):
        keep(upload("photo.png", PDF, "image/png"), "drafts")


def test_an_empty_file_is_refused_with_its_name():
    with pytest.raises(ValidationError, match=r"“vide\.pdf” is empty"):
        keep(upload("vide.pdf", b""), "drafts")


def test_a_file_past_the_limit_is_refused_with_the_limit(settings):
    settings.UPLOAD_MAX_FILE_BYTES = 1024
    with pytest.raises(ValidationError, match=r"1\.0.+KB at most"):
        keep(upload("grand.pdf", PDF + b" " * 1024), "drafts")


def test_a_kind_may_be_asked_for():
    with pytest.raises(ValidationError, match=r"We accept: JPEG, PNG, WebP, HEIC\."):
        keep(upload("acte.pdf", PDF), "drafts", media_types.IMAGES)


def test_the_stored_name_says_nothing_of_the_resident_and_is_never_the_same():
    first, second = (keep(upload("Jeanne Martin.pdf", PDF), "drafts") for _ in range(2))
    assert "Jeanne" not in first.storage_name
    assert first.storage_name != second.storage_name
    assert set(stored_names("drafts")) == {first.storage_name, second.storage_name}


def test_a_forgotten_file_is_gone_and_may_be_forgotten_twice():
    kept = keep(upload("acte.pdf", PDF), "drafts")
    forget(kept.storage_name)
    forget(kept.storage_name)
    assert not list(stored_names("drafts"))


@pytest.mark.parametrize(
    ("given_name", "tidy"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\fakepath\\acte.pdf", "acte.pdf"),
        ("a\x00b\u202efdp.exe", "abfdp.exe"),
        ("  é  .pdf", "é .pdf"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_name_is_tidied(given_name, tidy):
    assert tidy_name(given_name) == tidy


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", b"\xff\xd8\xff", b"\0\0\0\x18ftyp"]))
def test_sniffing_never_fails_and_leaves_the_stream_in_place(content, start):
    stream = io.BytesIO(start + content)
    stream.seek(min(2, len(start + content)))
    position = stream.tell()
    found = sniff(stream)
    assert found is None or found in media_types.ACCEPTED
    assert stream.tell() == position


@given(st.text(max_size=300))
def test_any_name_can_be_kept(name):
    tidy = keeping.tidy_name(name)
    assert 0 < len(tidy) <= keeping.NAME_LENGTH
    assert "/" not in tidy
    assert "\0" not in tidy

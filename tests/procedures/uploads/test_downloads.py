import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from procedures.uploads.downloads import safe_download
from procedures.uploads.keeping import forget, keep
from tests.procedures.uploads.samples import PDF

# Closing a response closes the database's connection too.
pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path, "base_url": None}},
    }
    return keep(SimpleUploadedFile("acte.pdf", PDF), "drafts")


def test_a_file_is_saved_and_never_opened_inside_the_site(kept):
    response = safe_download(kept.storage_name, "Acte de naissance d’Élodie.pdf", kept.media_type)
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Acte%20de%20naissance")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


def test_a_name_cannot_add_a_header(kept):
    response = safe_download(kept.storage_name, 'a"\r\nSet-Cookie: x=y.pdf', kept.media_type)
    assert "\n" not in response["Content-Disposition"]
    assert "Set-Cookie" not in response.headers
    response.close()


def test_a_file_that_is_gone_is_not_found(kept):
    forget(kept.storage_name)
    with pytest.raises(Http404):
        safe_download(kept.storage_name, "acte.pdf", kept.media_type)

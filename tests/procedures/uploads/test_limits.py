from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from procedures.uploads.limits import RefusedUpload, is_past_reading, watch_uploads
from tests.procedures.uploads.samples import PDF


def test_a_file_past_the_limit_is_left_out_and_the_other_fields_arrive(settings):
    settings.UPLOAD_MAX_FILE_BYTES = 100_000
    request = RequestFactory().post(
        "/",
        {
            "before": "one",
            "large": SimpleUploadedFile("grand.pdf", PDF * 20_000),
            "small": SimpleUploadedFile("petit.pdf", PDF),
            "after": "two",
        },
    )
    quota = watch_uploads(request)
    assert request.POST.dict() == {"before": "one", "after": "two"}
    assert quota.refused == [RefusedUpload("large", "grand.pdf")]
    assert request.FILES["small"].read() == PDF
    assert list(request.FILES) == ["small"]


def test_the_files_of_one_post_have_a_limit_together(settings):
    settings.UPLOAD_MAX_POST_BYTES = 150_000
    request = RequestFactory().post(
        "/", {f"f{number}": SimpleUploadedFile(f"{number}.pdf", b"x" * 60_000) for number in range(3)}
    )
    quota = watch_uploads(request)
    assert list(request.FILES) == ["f0", "f1"]
    assert [refused.field for refused in quota.refused] == ["f2"]


def test_a_body_that_is_not_worth_draining_is_told_by_its_announced_length(settings):
    settings.UPLOAD_MAX_DRAINED_BYTES = 10
    assert is_past_reading(RequestFactory().post("/", b"x" * 11, "text/plain"))
    assert not is_past_reading(RequestFactory().post("/", b"x" * 10, "text/plain"))
    assert not is_past_reading(RequestFactory().get("/", CONTENT_LENGTH="many"))

"""Hand a kept file to whoever may have it; the caller has checked the right."""

from __future__ import annotations

from io import BytesIO

from django.core.files.storage import storages
from django.http import FileResponse, Http404

from procedures.uploads.keeping import tidy_name


def safe_download(storage_name: str, original_name: str, media_type: str) -> FileResponse:
    """A response that a browser saves and never opens inside the site's origin.

    ``Content-Disposition: attachment`` with the name as RFC 6266 wants it, no sniffing, a
    sandbox for readers that open it all the same, and no copy in any cache.

    Raises:
        Http404: the file is gone.
    """
    try:
        file = storages["private"].open(storage_name)
    except FileNotFoundError as error:
        raise Http404 from error
    return _sealed(FileResponse(file, as_attachment=True, filename=tidy_name(original_name), content_type=media_type))


def pdf_download(pdf: bytes, name: str) -> FileResponse:
    """The same for a document just made."""
    response = FileResponse(BytesIO(pdf), as_attachment=True, filename=name, content_type="application/pdf")
    response["X-Robots-Tag"] = "noindex, nofollow"
    return _sealed(response)


def _sealed(response: FileResponse) -> FileResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response

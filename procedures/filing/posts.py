"""Read the body of a post that may be anything."""

from __future__ import annotations

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from procedures.uploads.limits import QuotaUploadHandler, is_past_reading, watch_uploads


class UnreadableError(Exception):
    """The body was not understood, or is too large to be."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status
        """400 or 413."""


def read_post(request: HttpRequest) -> QuotaUploadHandler:
    """Read ``request.POST`` and ``request.FILES`` within the limits.

    Returns:
        The quota, which knows the files that were left out.

    Raises:
        UnreadableError: what the browser should be answered with.
    """
    if is_past_reading(request):
        raise UnreadableError(413)
    quota = watch_uploads(request)
    try:
        request.POST  # noqa: B018 - reading it is what may fail
    except RequestDataTooBig as error:
        raise UnreadableError(413) from error
    except (SuspiciousOperation, MultiPartParserError, BadRequest, UnreadablePostError, LookupError) as error:
        raise UnreadableError(400) from error
    return quota

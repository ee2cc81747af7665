"""How much a resident may send, and the handler that stops what is too much.

A file past the limit is drained, not stored: the other fields of the form arrive whole,
and the browser reads the answer instead of a broken connection.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


@dataclass(frozen=True)
class RefusedUpload:
    """A file that was not stored because it is too large."""

    field: str
    name: str


class QuotaUploadHandler(FileUploadHandler):
    """First in the chain: lets a file through up to the limit of one file and of one post.

    ``refused`` tells the view what was left out.
    """

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.refused: list[RefusedUpload] = []
        self.seen_bytes = self.file_bytes = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start counting a file."""
        super().new_file(*args, **kwargs)
        self.file_bytes = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the chunk on, or refuse the file."""
        self.file_bytes += len(raw_data)
        self.seen_bytes += len(raw_data)
        if self.file_bytes > settings.UPLOAD_MAX_FILE_BYTES or self.seen_bytes > settings.UPLOAD_MAX_POST_BYTES:
            self.refused.append(RefusedUpload(self.field_name or "", self.file_name or ""))
            self.seen_bytes -= self.file_bytes  # a refused file takes nothing of the others' share
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handlers."""


def watch_uploads(request: HttpRequest) -> QuotaUploadHandler:
    """Put the quota before the handlers of ``request``; call it before ``request.POST`` is read."""
    handler = QuotaUploadHandler(request)
    request.upload_handlers.insert(0, handler)
    return handler


def is_past_reading(request: HttpRequest) -> bool:
    """Tell whether the announced body is so large that it isn't worth draining."""
    try:
        announced = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return False
    return announced > settings.UPLOAD_MAX_DRAINED_BYTES

"""Files sent as soon as they are chosen: the resumable protocol tus 1.0 (https://tus.io), at /remplir/<slug>/envois/.

================  =====================================================================================
POST …/envois/    begin: ``Upload-Length``, ``Upload-Metadata`` (question, filename, fingerprint);
                  answers 201 with ``Location``. The same fingerprint gets the same Location, and
                  ``Upload-Offset`` says how much of it is here.
HEAD …/<key>/     where it stopped: ``Upload-Offset``; as long as ``Upload-Length`` once it is in the draft
PATCH …/<key>/    the bytes from ``Upload-Offset`` on; 409 where the file does not stop there
DELETE …/<key>/   forget it, whole or not
================  =====================================================================================

Extensions: creation, termination. Only the browser that holds the draft's cookie finds its files; the
first file of a browser without one makes the draft. A refusal (4xx) says why in the words of the
page, as plain text. Browsers without JavaScript send files with the form and never come here.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import View

from procedures.definition.models import ProcedureVersion
from procedures.definition.rows import ROW_ID
from procedures.filing import keys, limits, pieces
from procedures.filing.holding import current_version, find_held, find_procedure
from procedures.filing.models import Draft, DraftUpload, PartialUpload
from procedures.filing.storage import DraftGone
from procedures.plugins import Question

TUS = "1.0.0"
PIECE_BYTES = 4 * 1024 * 1024
BLOCK_BYTES = 64 * 1024


class Refused(Exception):
    """What the browser is answered with instead."""

    def __init__(self, status: int, message: str = "") -> None:
        super().__init__(message)
        self.status, self.message = status, message


class TusView(View):
    """What both addresses share: version, draft, refusals."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the procedure."""
        super().setup(request, *args, **kwargs)
        self.procedure = find_procedure(kwargs["slug"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, and turn what went wrong into a status and a sentence."""
        try:
            if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != TUS:
                raise Refused(412)
            response = super().dispatch(request, *args, **kwargs)
        except Refused as refusal:
            response = HttpResponse(refusal.message, status=refusal.status, content_type="text/plain; charset=utf-8")
        except ValidationError as error:
            response = HttpResponse("\n".join(error.messages), status=422, content_type="text/plain; charset=utf-8")
        except pieces.WrongPlace:
            response = HttpResponse(status=409)
        except DraftGone:
            response = HttpResponse(gone(), status=410, content_type="text/plain; charset=utf-8")
        response["Tus-Resumable"] = response["Tus-Version"] = TUS
        response["Cache-Control"] = "no-store"
        return response

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Tell what this server can do."""
        can = {"Tus-Extension": "creation,termination", "Tus-Max-Size": str(settings.UPLOAD_MAX_FILE_BYTES)}
        return HttpResponse(status=204, headers=can)

    def held_draft(self) -> Draft | None:
        """The draft of this browser; None before its first post."""
        held = find_held(self.request, self.procedure)
        if held.filed_key or held.is_gone:
            raise DraftGone
        return held.draft


class BeginView(TusView):
    """Where a file is announced."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Make room for a file, in a new draft where there is none."""
        told = metadata(request.headers.get("Upload-Metadata", ""))
        size_bytes = number(request, "Upload-Length")
        announced = pieces.Announced(told.get("filename", ""), size_bytes, told.get("fingerprint", ""))
        draft = self.held_draft()
        version = draft.version if draft else current_version(self.procedure)
        question = question_of(version, told.get("question", ""))
        pieces.check(announced, question)
        is_new = draft is None
        self._count("files", draft)
        if draft is None:
            self._count("drafts", draft)
            draft = Draft.objects.create(procedure_id=self.procedure.pk, version=version, language=language())
        upload = pieces.begin(draft, question, announced)
        response = HttpResponse(status=201)
        response["Location"] = reverse("filing:upload", kwargs={"slug": slug, "key": upload.key})
        response["Upload-Offset"] = str(upload.received_bytes)
        if is_new:
            keys.set_cookie(response, self.procedure.pk, draft.key, request.is_secure())
        return response

    def _count(self, kind: limits.Kind, draft: Draft | None) -> None:
        """Count what residents do, as the form does; agents are never counted."""
        if draft is not None and draft.entered_by_id:
            return
        if too_many := limits.reached(kind, self.request, self.procedure):
            raise Refused(429, f"{too_many.title}. {too_many.message}")
        limits.count(kind, self.request, self.procedure)


class UploadView(TusView):
    """One file: where it stopped, its next piece, its end."""

    def head(self, request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
        """Say how much of it has come."""
        upload = self._upload(key)
        response = HttpResponse(status=200)
        response["Upload-Length"] = str(upload.size_bytes)
        response["Upload-Offset"] = str(
            upload.received_bytes if isinstance(upload, PartialUpload) else upload.size_bytes
        )
        return response

    def patch(self, request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
        """Add a piece; the last one puts the file into the draft."""
        if request.content_type != "application/offset+octet-stream":
            raise Refused(415)
        upload, place = self._upload(key), number(request, "Upload-Offset")
        if not isinstance(upload, PartialUpload):
            raise pieces.WrongPlace
        question = question_of(upload.draft.version, upload.question_id)
        came = pieces.add_piece(upload, place, read_piece(request), question)
        return HttpResponse(status=204, headers={"Upload-Offset": str(came)})

    def delete(self, request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
        """Forget the file; once forgotten, again is no error."""
        draft = self.held_draft()
        if draft is not None:
            pieces.remove(draft, key)
        return HttpResponse(status=204)

    def _upload(self, key: UUID) -> PartialUpload | DraftUpload:
        draft = self.held_draft()
        found: PartialUpload | DraftUpload | None = None
        if draft is not None:
            found = draft.partial_uploads.filter(key=key).first() or draft.uploads.filter(key=key).first()
        if found is None:
            raise Http404
        return found


def question_of(version: ProcedureVersion, question_id: str) -> Question:
    """The question that takes the file, maybe in a row of a group that was added a moment ago.

    Raises:
        Http404: there is none, or it takes no files.
    """
    known = version.in_language(language()).question_by_id
    group_id, _dot, inside = question_id.partition(".")
    row, _dot, child_id = inside.partition(".")
    question = known.get(child_id or question_id)
    if question is not None and child_id:
        group = known.get(group_id)
        is_there = group is not None and question in group.questions and ROW_ID.fullmatch(row)
        question = replace(question, id=question_id) if is_there else None
    if question is None or not question.field_type.takes_files:
        raise Http404
    return question


def metadata(header: str) -> dict[str, str]:
    """Read ``Upload-Metadata``: names, each with a value in Base64, separated by commas."""
    told: dict[str, str] = {}
    for pair in header[:8192].split(","):
        name, _space, value = pair.strip().partition(" ")
        try:
            told[name] = b64decode(value, validate=True).decode()
        except (NotBase64, UnicodeDecodeError, ValueError) as error:
            raise Refused(400) from error
    return told


def number(request: HttpRequest, header: str) -> int:
    """A count of bytes in a header."""
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdecimal()) or len(text) > 15:
        raise Refused(400)
    return int(text)


def read_piece(request: HttpRequest) -> bytes:
    """The body; where the line was cut, what came of it: the browser goes on from there."""
    announced = number(request, "Content-Length")
    if announced > PIECE_BYTES:
        raise Refused(413)
    data = bytearray()
    try:
        while len(data) < announced and (block := request.read(min(BLOCK_BYTES, announced - len(data)))):
            data += block
    except UnreadablePostError:
        pass
    return bytes(data)


def gone() -> str:
    """What to tell whoever sends a file to a draft that is no longer there."""
    return _("This request was sent or deleted meanwhile. Load the page again.")


def language() -> str:
    """Code of the active language."""
    return get_language() or settings.LANGUAGE_CODE

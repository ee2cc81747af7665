"""A resident's copy of what they filed and what was said (GDPR, articles 15 and 20), from the page of their request."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from cms.origin import checked_by_origin
from cms.private_pages import private
from procedures.inbox.downloads import counted
from procedures.inbox.models import ServiceRequest
from procedures.inbox.portable import archive
from procedures.inbox.services.rights import note_export
from procedures.tracking.views import known


@checked_by_origin
@private
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, token: str) -> HttpResponseBase:
    """Send the archive: asked for by a button, since the log keeps it; what agents noted is asked for by letter."""
    filed = known(token)
    if request.method != "POST" or filed.purged_at is not None:
        return redirect("tracking:request", token)
    return counted(request, filed, _archive)


def _archive(filed: ServiceRequest) -> FileResponse:
    note_export(filed)
    return FileResponse(archive([filed], whole=False), as_attachment=True, filename=f"{filed.number}.zip")

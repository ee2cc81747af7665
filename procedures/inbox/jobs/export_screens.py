"""The list as a file: at once as CSV, in the background as a spreadsheet."""

from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.accounts.models import User
from procedures.inbox.desk.filters import FilterForm
from procedures.inbox.desk.listing import capped_count
from procedures.inbox.desk.showing import shown_by
from procedures.inbox.jobs import services, tasks
from procedures.inbox.jobs.exports.delimited import csv_chunks
from procedures.inbox.jobs.exports.table import table_of
from procedures.inbox.jobs.models import Job
from procedures.inbox.jobs.screens import Screen, filters_in_words, may_read

FORMATS = [
    (Job.Kind.CSV, gettext_lazy("CSV: any size, at once")),
    (Job.Kind.XLSX, gettext_lazy("Excel (XLSX), in the background")),
    (Job.Kind.ODS, gettext_lazy("LibreOffice (ODS), in the background")),
]


class ExportForm(forms.Form):
    """Which file, and what is in it."""

    format = forms.ChoiceField(
        label=gettext_lazy("Format"), choices=FORMATS, widget=forms.RadioSelect, initial=Job.Kind.CSV
    )
    personal = forms.BooleanField(
        label=gettext_lazy("With names, e-mail addresses and phone numbers"),
        required=False,
        help_text=gettext_lazy("Only if you need them. Whoever has the file must delete it once it has served."),
    )
    answers = forms.BooleanField(
        label=gettext_lazy("With the answers, a column per question"),
        required=False,
        help_text=gettext_lazy("They come with the names."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, one_procedure: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not one_procedure:  # the questions of several procedures make no table
            del self.fields["answers"]

    @property
    def contents(self) -> dict[str, bool]:
        """What is in the file; answers name people whether they want to or not."""
        answers = bool(self.cleaned_data.get("answers"))
        return {"personal": answers or self.cleaned_data["personal"], "answers": answers}


@may_read
class ExportView(Screen):
    """Asks which file, and makes it."""

    template_name = "inbox/jobs/export.html"

    def get_page_title(self) -> str:
        """The name of the screen."""
        return _("Export the list")

    def _filters(self, data: QueryDict) -> FilterForm:
        return FilterForm(data, user=self.user)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form, for the list with the filters of the address."""
        one = bool(self._filters(request.GET).cleaned_data.get("procedure"))
        return self._show(ExportForm(initial={"key": uuid4(), "format": Job.Kind.CSV}, one_procedure=one))

    def _show(self, form: ExportForm) -> HttpResponse:
        filters = self._filters(self.request.GET)
        query = QueryDict(mutable=True)
        query.update(filters.chosen)
        found, comes_close = shown_by(filters)
        context = self.get_context_data(
            form=form,
            comes_close=comes_close,
            filters=filters_in_words(query.urlencode(), self.user),
            query=query.urlencode(),
            count=capped_count(found),
            cap=1000,
        )
        return self.render_to_response(context, status=422 if form.errors else 200)

    def post(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        """Stream it, or put it in the queue; either way the register says who took what."""
        filters = self._filters(request.GET)
        form = ExportForm(request.POST, one_procedure=bool(filters.cleaned_data.get("procedure")))
        if not form.is_valid():
            return self._show(form)
        chosen = QueryDict(mutable=True)
        chosen.update(filters.chosen)
        query, user = chosen.urlencode(), cast("User", request.user)
        if form.cleaned_data["format"] == Job.Kind.CSV:
            return _stream(user, query, form.contents)
        job = services.order_export(
            user, form.cleaned_data["format"], query, form.contents, key=form.cleaned_data["key"]
        )
        tasks.hurry(job.pk)
        return redirect("inbox_jobs:job", job.key)


def _stream(user: User, query: str, contents: dict[str, bool]) -> StreamingHttpResponse:
    """The CSV, row after row; nothing of it is kept here."""
    table = table_of(user, query, **contents)
    services.note_streamed(user, query, contents, len(table.ids))
    name = _("requests") + f"-{timezone.localdate():%Y-%m-%d}.csv"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "X-Accel-Buffering": "no",  # a proxy hands on each part as it comes
    }
    return StreamingHttpResponse(csv_chunks(table), content_type="text/csv; charset=utf-8", headers=headers)

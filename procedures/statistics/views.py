"""The figures in the admin: HTTP in, tables read, HTTP out."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.accounts.models import User
from procedures.plugins import statistics
from procedures.statistics import exporting
from procedures.statistics.access import may_see_figures, viewer
from procedures.statistics.asking import By, FigureForm
from procedures.statistics.boards import board_of
from procedures.statistics.charts import draw
from procedures.statistics.district_map import district_map, map_document, outlines
from procedures.statistics.drawing import drawn
from procedures.statistics.showing import SMALLEST_SAMPLE


class AboutFigures(View):
    """A screen, picture or file about the figures that somebody may see."""

    form: FigureForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Read the question.

        Raises:
            PermissionDenied: for those who may see no figure.
        """
        user = cast("User", request.user)
        if not may_see_figures(user):
            raise PermissionDenied
        self.form = FigureForm(request.GET, viewer=viewer(user))
        return super().dispatch(request, *args, **kwargs)


class DashboardView(WagtailAdminTemplateMixin, AboutFigures):
    """The figures of a period: tables, and charts beside them."""

    template_name = "statistics/dashboard.html"
    header_icon = "view"

    def get_page_title(self) -> str:
        """The name of the screen."""
        return _("Figures")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, then here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        context = self.get_context_data(
            form=self.form,
            board=board_of(self.form),
            query=self.form.query,
            drawn=statistics[self.form.drawn],
            formats=list(exporting.FORMATS),
            has_map=self.form.dimension == By.DISTRICT and bool(outlines()),
            smallest=SMALLEST_SAMPLE,
        )
        return self.render_to_response(context)


class ChartView(AboutFigures):
    """A table of the figures, drawn."""

    def get(self, request: HttpRequest, table: str) -> HttpResponse:
        """Draw it."""
        found = board_of(self.form).tables().get(table)
        if found is None:
            raise Http404
        is_list = table != "evolution"
        figure = self.form.drawn
        if not is_list and statistics[figure].is_now:
            figure = next(iter(statistics)).slug
        return picture(draw(drawn(found, figure, is_list=is_list)))


class MapView(AboutFigures):
    """The figure of each district, on a map."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Draw it."""
        shapes = district_map(board_of(self.form).parts, self.form.drawn)
        if shapes is None:
            raise Http404
        return picture(map_document(shapes))


class ExportView(AboutFigures):
    """A table of the figures as a file."""

    def get(self, request: HttpRequest, table: str, extension: str) -> HttpResponse:
        """Write it."""
        board = board_of(self.form)
        name = f"{table}-{board.period.first_day}-{board.period.last_day}"
        if extension not in exporting.FORMATS:
            raise Http404
        if table == "chiffres":
            return exporting.download(exporting.rows_of_headlines(board), name, extension)
        found = board.tables().get(table)
        if found is None:
            raise Http404
        return exporting.download(exporting.rows_of(found), name, extension)


def picture(svg: str) -> HttpResponse:
    """An SVG that a page shows with ``img``: it belongs to whoever asked, for a minute."""
    headers = {"Cache-Control": "private, max-age=60"}
    return HttpResponse(svg, content_type="image/svg+xml; charset=utf-8", headers=headers)

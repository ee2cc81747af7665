"""Addresses of the wizard, under /remplir/."""

from django.urls import path, re_path

from cms.origin import checked_by_origin
from procedures.filing.journey import SUMMARY
from procedures.filing.views import newer, receipt, start, uploading
from procedures.filing.views.wizard import FilingView

app_name = "filing"
urlpatterns = [
    path("<slug:slug>/", start.start, name="start"),
    path("<slug:slug>/plus-tard/", start.later, name="later"),
    path("<slug:slug>/envois/", checked_by_origin(uploading.BeginView.as_view()), name="uploads"),
    path("<slug:slug>/envois/<uuid:key>/", checked_by_origin(uploading.UploadView.as_view()), name="upload"),
    path("<slug:slug>/nouvelle-version/", newer.newer, name="newer"),
    path("<slug:slug>/recu/<str:token>/", receipt.receipt, name="receipt"),
    re_path(
        r"^(?P<slug>[-\w]+)/recu/(?P<token>[^/]+)/(?P<kind>accuse|demande)\.pdf$", receipt.document, name="document"
    ),
    path(
        "<slug:slug>/<slug:step>/",
        checked_by_origin(FilingView.as_view(url_name="filing:step", done_step_name=SUMMARY)),
        name="step",
    ),
]

"""Addresses of long work, below those of the inbox."""

from django.urls import path

from procedures.inbox.jobs import bulk_screens, export_screens, screens

app_name = "inbox_jobs"

urlpatterns = [
    path("", screens.JobListView.as_view(), name="list"),
    path("lot/", bulk_screens.PrepareView.as_view(), name="prepare"),
    path("export/", export_screens.ExportView.as_view(), name="export"),
    path("<uuid:job>/", screens.JobView.as_view(), name="job"),
    path("<uuid:job>/etat.json", screens.JobStateView.as_view(), name="state"),
    path("<uuid:job>/lot/", bulk_screens.BulkView.as_view(), name="bulk"),
    path("<uuid:job>/lancer/", bulk_screens.StartView.as_view(), name="start"),
    path("<uuid:job>/arreter/", screens.CancelView.as_view(), name="cancel"),
    path("<uuid:job>/fichier/", screens.FileView.as_view(), name="file"),
]

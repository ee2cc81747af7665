"""Addresses of the published reports, under /mediateur/rapport/."""

from django.urls import path

from procedures.mediation import public

app_name = "mediation"
urlpatterns = [
    path("", public.reports, name="reports"),
    path("<int:year>/", public.report, name="report"),
    path("<int:year>/rapport.pdf", public.report_document, name="report_pdf"),
]

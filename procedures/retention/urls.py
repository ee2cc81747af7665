"""Addresses of keeping and rights, below Wagtail's admin."""

from django.urls import path

from procedures.retention import screens

app_name = "retention"

urlpatterns = [
    path("", screens.RunsView.as_view(), name="runs"),
    path("suspensions/<int:hold>/lever/", screens.LiftView.as_view(), name="lift"),
    path("droits/", screens.RightsView.as_view(), name="rights"),
]

"""Addresses of the figures, below Wagtail's admin."""

from django.urls import path

from procedures.statistics import views

app_name = "statistics"

urlpatterns = [
    path("", views.DashboardView.as_view(), name="dashboard"),
    path("carte.svg", views.MapView.as_view(), name="map"),
    path("<slug:table>.svg", views.ChartView.as_view(), name="chart"),
    path("<slug:table>.<slug:extension>", views.ExportView.as_view(), name="export"),
]

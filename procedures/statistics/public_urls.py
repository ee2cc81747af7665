"""Addresses of « nos délais », in each language."""

from django.urls import path

from procedures.statistics import public_views

app_name = "delays"

urlpatterns = [
    path("", public_views.page, name="page"),
    path("graphique.svg", public_views.chart, name="chart"),
    path("nos-delais.csv", public_views.table, name="table"),
]

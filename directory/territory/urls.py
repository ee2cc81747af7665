"""Addresses of what the land knows, under /territoire/."""

from django.urls import path

from directory.territory import views

app_name = "territory"
urlpatterns = [path("communes/", views.towns, name="towns")]

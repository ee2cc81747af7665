"""The address of an opinion, under /avis/."""

from django.urls import path

from procedures.inbox.experts import views

app_name = "opinion"
urlpatterns = [
    path("<str:token>/", views.page, name="page"),
    path("<str:token>/fichier/<uuid:key>/", views.download, name="file"),
]

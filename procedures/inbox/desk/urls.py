"""Addresses of the agents' screens, below Wagtail's admin."""

from django.urls import path

from procedures.inbox.desk import opinion_views, views

app_name = "inbox"

urlpatterns = [
    path("", views.RequestListView.as_view(), name="list"),
    path("<int:pk>/", views.RequestView.as_view(), name="request"),
    path("<int:pk>/files/<uuid:key>/", views.DownloadView.as_view(), name="file"),
    path("<int:pk>/accuse.pdf", views.ReceiptDocumentView.as_view(), name="receipt_pdf"),
    path("<int:pk>/demande.pdf", views.RequestDocumentView.as_view(), name="request_pdf"),
    path("<int:pk>/avis/<int:opinion>/retirer/", opinion_views.RevokeView.as_view(), name="revoke_opinion"),
    path("<int:pk>/<slug:slug>/", views.ActionView.as_view(), name="action"),
]

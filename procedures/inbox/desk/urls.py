"""Addresses of the agents' screens, below Wagtail's admin."""

from django.urls import path

from procedures.inbox.desk import acting, letter_views, list_screen, opinion_views, readings, senders, views

app_name = "inbox"

urlpatterns = [
    path("", list_screen.RequestListView.as_view(), name="list"),
    path("courriers/", letter_views.LettersView.as_view(), name="letters"),
    path("courriers.pdf", letter_views.LettersDocumentView.as_view(), name="letters_pdf"),
    path("<int:pk>/attestation.pdf", letter_views.AttestationDocumentView.as_view(), name="attestation_pdf"),
    path("<int:pk>/courrier/", letter_views.WriteLetterView.as_view(), name="write_letter"),
    path("<int:pk>/courriers/<int:letter>.pdf", letter_views.LetterDocumentView.as_view(), name="letter_pdf"),
    path("suivante/", acting.NextView.as_view(), name="next"),
    path("<int:pk>/", views.RequestView.as_view(), name="request"),
    path("<int:pk>/files/<uuid:key>/", views.DownloadView.as_view(), name="file"),
    path("<int:pk>/accuse.pdf", views.ReceiptDocumentView.as_view(), name="receipt_pdf"),
    path("<int:pk>/demande.pdf", views.RequestDocumentView.as_view(), name="request_pdf"),
    path("<int:pk>/lectures/", readings.ReadingsView.as_view(), name="readings"),
    path("<int:pk>/avis/<int:opinion>/retirer/", opinion_views.RevokeView.as_view(), name="revoke_opinion"),
    path("<int:pk>/messages/<int:message>/reconnaitre/", senders.BelieveView.as_view(), name="believe"),
    path("<int:pk>/modeles/<int:template>/", acting.ReplyView.as_view(), name="reply"),
    path("<int:pk>/<slug:slug>/", acting.ActionView.as_view(), name="action"),
]

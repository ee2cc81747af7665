"""Addresses of the tracking pages, under /suivi/."""

from django.urls import path

from procedures.tracking import attesting, complaining, data, rating, sending, views

app_name = "tracking"
urlpatterns = [
    path("", views.find, name="form"),
    path("<str:token>/", views.follow, name="request"),
    path("<str:token>/repondre/", sending.complete, name="complete"),
    path("<str:token>/ecrire/", sending.write, name="write"),
    path("<str:token>/rouvrir/", sending.reopen_it, name="reopen"),
    path("<str:token>/reclamation/", complaining.complain, name="complain"),
    path("<str:token>/avis/", rating.rate, name="rate"),
    path("<str:token>/avis/plus-jamais/", rating.never_again, name="never_again"),
    path("<str:token>/accuse/", views.receipt, name="receipt"),
    path("<str:token>/accuse.pdf", views.receipt_document, name="receipt_pdf"),
    path("<str:token>/demande.pdf", views.request_document, name="request_pdf"),
    path("<str:token>/attestation/", attesting.ask, name="attest"),
    path("<str:token>/attestation.pdf", attesting.attestation_document, name="attestation_pdf"),
    path("<str:token>/courriers/<int:letter>.pdf", attesting.letter_document, name="letter_pdf"),
    path("<str:token>/mes-donnees.zip", data.hand_over, name="data"),
    path("<str:token>/fichier/<uuid:key>/", views.download, name="file"),
]

"""The address at which anybody checks an attestation, /verifier/."""

from django.urls import path

from procedures.tracking import attesting

urlpatterns = [path("", attesting.verify, name="verify_attestation")]

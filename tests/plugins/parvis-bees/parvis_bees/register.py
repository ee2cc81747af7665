"""The register of hives receives each request of the procedures named in ``BEES_PROCEDURES``."""

from __future__ import annotations

import json
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from procedures.plugins import Delivery, Parcel

TIMEOUT_SECONDS = 10


class HiveRegister(Delivery):
    """One POST per request, as JSON; the key lets the register tell a second copy."""

    slug = "hive_register"
    label = _("Register of hives")

    def wants(self, procedure: str) -> bool:
        """Those that the town names."""
        return procedure in settings.BEES_PROCEDURES

    def deliver(self, parcel: Parcel) -> None:
        """Whatever ``urlopen`` raises, also for an answer of 400 and above, makes the outbox try again."""
        request = Request(
            settings.BEES_REGISTER_URL,
            data=json.dumps(dict(parcel.content)).encode(),
            headers={"Content-Type": "application/json", "Idempotency-Key": parcel.key},
        )
        with urlopen(request, timeout=TIMEOUT_SECONDS):
            pass

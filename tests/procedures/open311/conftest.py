"""A service on offer, a key, and what an application posts."""

from __future__ import annotations

import pytest

from tests.factories.open311 import make_key, make_service
from tests.factories.procedures import block_id


@pytest.fixture
def service(db):
    return make_service()


@pytest.fixture
def key(db):
    return make_key()


@pytest.fixture
def post(service, key):
    """What an application posts about a street lamp."""
    return {
        "api_key": key,
        "service_code": service.procedure.slug,
        f"attribute[{block_id('nature')}]": block_id("Éclairage"),
        f"attribute[{block_id('lampadaire')}]": "L-1203",
        "description": "Il clignote depuis mardi, devant chez Mme Moreau.",
        "lat": "47.471234",
        "long": "-0.551876",
        "address_string": "12 rue des Lilas",
        "first_name": "Camille",
        "last_name": "Lefèvre",
        "email": "camille@exemple.fr",
        "phone": "06 12 34 56 78",
    }

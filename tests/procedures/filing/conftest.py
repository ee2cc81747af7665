import pytest

from procedures.definition.models import Procedure
from tests.factories.filing import Resident, make_birth_procedure


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    folder = tmp_path / "private"
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {**settings.STORAGES["private"], "OPTIONS": {"location": folder, "base_url": None}},
    }
    return folder


@pytest.fixture
def procedure(db) -> Procedure:
    return make_birth_procedure()


@pytest.fixture
def resident(procedure) -> Resident:
    return Resident(procedure)

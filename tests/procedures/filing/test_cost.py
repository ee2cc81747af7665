"""What a step costs: queries drive the cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.filing import COPY, EXTRACT, WHO, a_pdf, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def warm(resident):
    """A resident in the middle of the way, the process having served the pages before."""
    resident.answer_everything()
    for step in ("1", "2", "verifier"):
        resident.get(step)
    return resident


def queries(action) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert action().status_code in {200, 302}
    return len(captured)


def test_the_first_step_without_a_draft_asks_the_database_nothing(warm):
    warm.client.cookies.clear()
    assert queries(lambda: warm.get("1")) == 0


def test_showing_a_step_of_a_draft_costs_one_query(warm):
    assert queries(lambda: warm.get("2")) == 1
    assert queries(lambda: warm.get("verifier")) == 1


def test_a_step_is_saved_with_one_update(warm):
    assert queries(lambda: warm.post("2", EXTRACT)) == 2


def test_a_step_with_files_stays_within_the_budget(warm):
    warm.post("2", COPY)
    warm.get("3")
    assert queries(lambda: warm.get("3")) <= 3  # the draft, its files, those that were cut on their way
    assert queries(lambda: warm.post("3", typed(naissance="14/07/1990", piece=a_pdf()))) <= 6


def test_the_first_post_makes_the_draft_and_saves_it(warm):
    warm.client.cookies.clear()
    assert queries(lambda: warm.post("1", WHO)) <= 3

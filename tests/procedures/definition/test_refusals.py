"""A publication that cannot be is refused in words, whichever way it was asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms.accounts.models import User
from procedures.definition.models import Procedure, ProcedurePage
from procedures.definition.refusals import REFUSED
from tests.factories.procedures import condition, make_page, question, simple_steps, step

pytestmark = pytest.mark.django_db


def broken_steps() -> list[dict[str, object]]:
    """A condition on a question that nobody asks."""
    return [step("Vous", question("short_text", "Nom", condition=condition(("personne", "is", "x"))))]


@pytest.fixture
def page() -> ProcedurePage:
    """Published once, then broken in a draft."""
    made = make_page(*simple_steps())
    made.steps = made._meta.get_field("steps").stream_block.to_python(broken_steps())
    made.save_revision()
    return made


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin@valmarie.example", "p"))
    return client


def test_a_bulk_publication_is_answered_with_the_reason_and_changes_nothing(admin, page):
    before = Procedure.objects.get().current_id
    answer = admin.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/", {"include_descendants": ""})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/admin/pages/{page.pk}/edit/"
    told = admin.get(answer.headers["Location"]).text
    assert "Nothing was published" in told
    assert Procedure.objects.get().current_id == before


def test_the_clock_gives_a_broken_draft_up_and_publishes_the_others(page):
    sound = make_page(*simple_steps(), slug="saine")
    sound.title = "Un nouveau titre"
    for each, minutes in ((page, 2), (sound, 1)):
        revision = each.get_latest_revision() if each is page else each.save_revision()
        revision.approved_go_live_at = timezone.now() - timedelta(minutes=minutes)
        revision.save()
    call_command("publish_scheduled", verbosity=0)
    sound.refresh_from_db()
    assert sound.title == "Un nouveau titre"
    assert PageLogEntry.objects.filter(page=page.pk, action=REFUSED).count() == 1
    call_command("publish_scheduled", verbosity=0)
    assert PageLogEntry.objects.filter(page=page.pk, action=REFUSED).count() == 1

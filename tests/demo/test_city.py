"""The whole demo city, loaded once."""

from __future__ import annotations

import json
import stat
import tempfile
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page

from agenda.models import EventPage, EventTiming
from cms.accounts.models import User
from cms.pages import site
from cms.pages.models import GuidePage, NewsPage
from cms.pages.translations import faithfulness
from demo.loading.data import read
from directory.models import Department, DepartmentMember, Division, Organisation, Place
from directory.shared import directory_url
from procedures.definition.models import Procedure
from procedures.inbox.models import OutboxMessage, ServiceRequest
from procedures.inbox.querysets import city_today
from procedures.inbox.sealing import all_breaks
from procedures.inbox.transitions import Channel, Status

pytestmark = pytest.mark.slow
LOGINS = {"admin", "editor", "dept_editor", "agent_etat_civil", "head_etat_civil", "agent_voirie"}
LOGINS |= {"mayor", "mediator", "resident"}


class TestDemoCity(TestCase):
    """Loads once for all its tests; the database is as before after the last."""

    accounts: dict[str, dict[str, str]]

    @classmethod
    def setUpTestData(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.path = Path(folder.name) / "accounts.json"
        call_command("load_demo_city", accounts=cls.path, stdout=StringIO())
        cls.accounts = json.loads(cls.path.read_text())

    def test_the_city_is_as_large_as_announced(self) -> None:
        counts = {model: model.objects.source().count() for model in (Division, Department, Place, Organisation)}

        assert counts == {Division: 4, Department: 9, Place: 25, Organisation: 40}
        french = {"locale__language_code": "fr", "live": True}
        assert GuidePage.objects.filter(**french).count() == 4
        assert NewsPage.objects.filter(**french).count() == 10
        assert EventPage.objects.filter(**french).count() == 25
        assert Procedure.objects.open().count() == 7
        assert ServiceRequest.objects.count() == 66

    def test_requests_are_in_every_state_and_come_by_several_channels(self) -> None:
        states = Counter(ServiceRequest.objects.values_list("status", flat=True))
        channels = Counter(ServiceRequest.objects.values_list("channel", flat=True))

        assert set(states) == set(Status.values)
        assert {Channel.PORTAL, Channel.PHONE, Channel.COUNTER} <= set(channels)
        assert ServiceRequest.objects.overdue().count() >= 5
        assert ServiceRequest.objects.open().filter(due_on__lt=city_today()).exists()

    def test_nothing_happens_in_the_future_and_every_log_is_whole(self) -> None:
        for request in ServiceRequest.objects.prefetch_related("events"):
            moments = [event.at for event in request.events.all()]
            assert moments == sorted(moments)
            assert request.received_at <= moments[0]
        assert not list(all_breaks())

    def test_nothing_leaves_the_outbox_for_what_happened_long_ago(self) -> None:
        assert OutboxMessage.objects.exists()
        waiting = OutboxMessage.objects.filter(state=OutboxMessage.State.WAITING)
        assert not waiting.filter(next_attempt_at__lte=timezone.now()).exists()

    def test_events_are_all_still_to_come(self) -> None:
        upcoming = EventTiming.objects.filter(end__date__gte=city_today()).values("event")

        assert EventPage.objects.filter(locale__language_code="fr", pk__in=upcoming).count() == 25

    def test_accounts_are_written_for_their_owner_and_let_in(self) -> None:
        assert set(self.accounts) == LOGINS
        assert stat.S_IMODE(self.path.stat().st_mode) == 0o600
        for login in self.accounts.values():
            assert User.objects.get(email=login["email"]).check_password(login["password"])
        assert len({login["password"] for login in self.accounts.values()}) == len(LOGINS)

    def test_the_resident_has_several_requests(self) -> None:
        assert ServiceRequest.objects.filter(requester_email=self.accounts["resident"]["email"]).count() >= 4

    def test_each_department_has_somebody_and_agents_see_only_theirs(self) -> None:
        staffed = DepartmentMember.objects.values_list("department__slug", flat=True)
        agent = User.objects.get(email=self.accounts["agent_voirie"]["email"])

        assert set(staffed) == {record["key"] for record in read("departments")}
        assert {r.department.slug for r in ServiceRequest.objects.visible_to(agent)} == {"voirie"}

    def test_every_page_answers(self) -> None:
        urls = [ref.url for ref in site.current().pages.values()]
        urls += ["/recherche/?q=cantine", "/suivi/", "/rss/", "/sitemap.xml"]
        urls += [reverse("filing:start", args=[procedure.slug]) for procedure in Procedure.objects.all()]

        wrong = {url: status for url in urls if (status := self.client.get(url, follow=True).status_code) != 200}

        assert not wrong
        assert len(urls) > 90

    def test_every_entry_of_the_directory_answers(self) -> None:
        sections = {Department: "services", Place: "lieux", Organisation: "associations-et-commerces"}
        urls = [
            f"{directory_url('fr')}{section}/{slug}/"
            for model, section in sections.items()
            for slug in model.objects.source().values_list("slug", flat=True)
        ]

        assert len(urls) == 74
        assert not [url for url in urls if self.client.get(url).status_code != 200]

    def test_what_is_translated_is_translated_whole(self) -> None:
        listed = read("translated")["pages"]
        pages = Page.objects.filter(slug__in=listed, locale__language_code="fr")

        assert pages.count() == len(listed)
        for language in ("en", "ar"):
            locale = Locale.objects.get(language_code=language)
            for page in pages:
                translated = page.get_translation_or_none(locale)
                assert translated is not None, page.title
                assert translated.live
                assert faithfulness(page.translation_key, language).is_whole, page.title
                assert self.client.get(site.current().url(translated.pk)).status_code == 200

    def test_loading_again_changes_nothing(self) -> None:
        before = Page.objects.count(), ServiceRequest.objects.count(), self.path.read_text()
        said = StringIO()

        call_command("load_demo_city", accounts=self.path, stdout=said)

        assert "already" in said.getvalue()
        assert before == (Page.objects.count(), ServiceRequest.objects.count(), self.path.read_text())

    def test_a_lost_file_of_accounts_is_written_anew(self) -> None:
        elsewhere = self.path.with_name("again.json")

        call_command("load_demo_city", accounts=elsewhere, stdout=StringIO())

        again = json.loads(elsewhere.read_text())
        assert set(again) == LOGINS
        assert User.objects.get(email=again["admin"]["email"]).check_password(again["admin"]["password"])
        assert again["admin"]["password"] != self.accounts["admin"]["password"]

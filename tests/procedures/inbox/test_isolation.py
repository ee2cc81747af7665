"""No request is visible, countable, exportable or guessable outside its departments.

Every address of every room that could show a request is walked, as another department's agent, as a resident
with an account, as nobody, and as somebody of the staff without the permission. What they get must be the
same as if the request did not exist: an address that names it answers like one that names nothing, and every
other address answers, byte for byte, what it answered before the request was filed.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cms.accounts.roles import AGENTS, role
from procedures.definition.models import Procedure
from procedures.inbox.desk.actions import desk_actions
from procedures.inbox.models import Event, OutboxMessage, Reading, ServiceRequest
from procedures.inbox.received import Requester
from procedures.inbox.services.conversation import write_as_resident, write_note
from procedures.inbox.tracking_number import new_tracking_number
from procedures.statistics.tasks import count_again
from tests.factories.inbox import RECEIVED_AT, UserFactory, make_agent, make_answer, make_request, received_file
from tests.factories.procedures import make_procedure
from tests.procedures.inbox.walking import Way, of_requests, parts_of, ways_to

pytestmark = pytest.mark.django_db
VIEWERS = ("another department", "resident", "nobody", "without the permission")
# Differ at every answer, whatever there is to see.
FRESH = re.compile(rb'<input type="hidden"[^>]*>|"(?:CSRF_TOKEN|csrfToken)": ?"\w+"|data-csrf-token="\w+"')
# What takes the filters of the list, or a search.
LISTS = ("inbox:list", "inbox_jobs:export", "enter_request")
# Fields of forms in which an agent names another request.
NAMING_REQUESTS = {"number", "other", "target", "into"}
SECRETS = ("Zébulon", "zebulon", "0611223344", "06 11 22 33 44", "quincaillerie", "orme.pdf")


def make_theirs(procedure: Procedure) -> ServiceRequest:
    """A request with something in each place from which it could leak."""
    about = make_request(
        procedure,
        requester=Requester("Zébulon Tournesol", "zebulon@exemple.fr", "06 11 22 33 44"),
        answers=(make_answer(shown="La quincaillerie"),),
        files=(received_file("orme.pdf"),),
    )
    write_note(about, text="Zébulon est un habitué.", agent=make_agent(about.department))
    write_as_resident(about, text="La quincaillerie est fermée.")
    return about


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(RECEIVED_AT, tick=False):
        yield


@pytest.fixture
def procedure(db) -> Procedure:
    return make_procedure(title="Ramonage", slug="ramonage")


@pytest.fixture
def ours(procedure) -> ServiceRequest:
    """What the agent who looks over the fence answers for."""
    return make_request(make_procedure(title="Voirie", slug="voirie"), files=(received_file(),))


@pytest.fixture
def viewers(ours) -> dict[str, Client]:
    """Who has no business with another department's request."""
    clients = {name: Client() for name in VIEWERS}
    agent = make_agent(ours.department)
    agent.groups.add(role(AGENTS))
    clients["another department"].force_login(agent)
    clients["resident"].force_login(UserFactory(is_staff=False))
    clients["without the permission"].force_login(make_agent(ours.department))
    return clients


def seen(client: Client, address: str, names: tuple[str, ...] = (), **post: str) -> tuple[int, bytes]:
    """Status, where it leads and what it shows, without what names the address or changes every time."""
    cache.clear()
    client.cookies.pop("messages", None)  # what an earlier address had to say
    response = client.post(address, post) if post else client.get(address)
    shown = b"".join(response.streaming_content) if response.streaming else response.content
    told = " ".join(map(str, get_messages(response.wsgi_request)))
    shown += f"{response.get('Location', '')} {told}".encode()
    for name in sorted(names, key=len, reverse=True):
        shown = shown.replace(name.encode(), b"\xe2\x80\xa6")
    return response.status_code, FRESH.sub(b"", shown)


def plain(ours: ServiceRequest, who: str) -> list[str]:
    """The addresses that name no request; for an agent, with each filter and search that could tell, and their own."""
    # A document is drawn with a date of its own each time.
    bare = sorted({way.real for way in ways_to(ours) if way.real == way.unreal and not way.real.endswith(".pdf")})
    if who != "another department":
        return bare
    searches = ["q=zebulon", "q=0611223344", "q=quincaillerie", "status=received", "channel=portal", "whose=nobody"]
    lists = [address for address in bare if address in map(reverse, LISTS)]
    own = [way.real for way in telling(ours, who) if not way.real.endswith(".pdf")]
    return [*bare, *(f"{address}?{search}" for address in lists for search in searches), *own]


def telling(about: ServiceRequest, who: str) -> list[Way]:
    """The addresses that name ``about``; in public, an account of the staff changes nothing."""
    public = who in ("resident", "nobody")
    return [way for way in ways_to(about) if way.real != way.unreal and (public or way.real.startswith("/admin/"))]


def test_nothing_that_names_no_request_tells_that_another_department_has_one(viewers, ours, procedure):
    count_again()
    before = {(who, at): seen(viewers[who], at) for who in VIEWERS for at in plain(ours, who)}
    make_theirs(procedure)
    count_again()  # figures, too, know of it
    for (who, at), was in before.items():
        now = seen(viewers[who], at)
        assert now == was, f"{who} sees a difference at {at}: {_difference(was[1], now[1])}"


def test_an_address_that_names_it_answers_as_if_it_named_nothing(viewers, procedure):
    about = make_theirs(procedure)
    for who, client in viewers.items():
        for way in telling(about, who):
            told = _parts(way)
            real = seen(client, way.real, told)
            assert real == seen(client, way.unreal, told), f"{who} sees it at {way.real}"
            words = real[1].decode(errors="replace")
            assert not [secret for secret in SECRETS if secret in words], f"{who} reads it at {way.real}"


def test_nothing_that_is_sent_to_its_addresses_touches_it(viewers, procedure):
    about = make_theirs(procedure)
    mails = OutboxMessage.objects.filter(request=about).count()
    told = {"text": "x", "reason": "x", "missing": "x", "by": "2027-01-01", "ids": str(about.pk), "q": "zebulon"}
    for who, client in viewers.items():
        for way in telling(about, who):
            told_by = _parts(way)
            real, unreal = seen(client, way.real, told_by, **told), seen(client, way.unreal, told_by, **told)
            assert real == unreal, f"{who} sees it by a POST to {way.real}"
    about.refresh_from_db()
    assert about.log_length == Event.objects.filter(request=about).count() == 3
    assert OutboxMessage.objects.filter(request=about).count() == mails
    assert not Reading.objects.filter(request=about).exists()


def test_what_an_agent_does_to_a_request_of_theirs_cannot_name_one_of_another_department(viewers, ours, procedure):
    """A link, a merger: the number of another department's request is as unknown as one that was never drawn."""
    about, unknown = make_theirs(procedure), new_tracking_number()
    for slug, entry in desk_actions().items():
        at, fields = reverse("inbox:action", args=[ours.pk, slug]), entry.form(about=ours).fields
        for name in NAMING_REQUESTS & set(fields):
            rest = dict.fromkeys(fields, "")
            answers = [
                seen(viewers["another department"], at, (told,), **rest | {name: told})
                for told in (about.tracking_number, unknown)
            ]
            assert answers[0] == answers[1], f"{slug}: {name} tells a request of another department"
    assert Event.objects.filter(request=about).count() == 3


def _difference(was: bytes, now: bytes) -> str:
    """The first lines that changed."""
    lines = [page.decode(errors="replace").splitlines() for page in (was, now)]
    return "\n".join(line[:200] for line in list(difflib.unified_diff(*lines, lineterm="", n=1))[:20])


def _parts(way: Way) -> tuple[str, ...]:
    """What differs between the two addresses, and is repeated on pages that say where one is."""
    pairs = zip(way.real.split("/"), way.unreal.split("/"), strict=True)
    return tuple(part for pair in pairs if pair[0] != pair[1] for part in pair)


def test_a_new_address_must_be_taught_to_the_walk(ours):
    """Each part of each address has values to try; else ``ways_to`` raises, and all of this fails."""
    assert {way.name for way in ways_to(ours)} == set(of_requests())
    assert parts_of(ours)["pk"][0][0] == ours.pk

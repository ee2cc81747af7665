"""The agent on the phone finds the procedure by a word, with or without a script, and first what they enter most."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission

from procedures.filing import choosing
from procedures.filing.models import Draft
from tests.factories.inbox import make_agent, make_request
from tests.factories.procedures import make_department, make_procedure

pytestmark = pytest.mark.django_db
ENTRY = "/admin/saisir-une-demande/"
TITLES = (
    "Inscrire à la cantine",
    "Demander un acte",
    "Signaler un trou",
    "Louer une salle",
    "Payer la crèche",
    "Voter",
)


@pytest.fixture
def town(db):
    department = make_department("Accueil")
    return [make_procedure(title=title, department=department) for title in TITLES]


@pytest.fixture
def agent(town):
    user = make_agent(town[0].department)
    user.user_permissions.add(
        *Permission.objects.filter(codename__in=("access_admin", "change_servicerequest", "view_servicerequest"))
    )
    return user


def titles(page) -> list[list[str]]:
    return [[choice.title for choice in group.choices] for group in page.context["groups"]]


def test_without_a_script_a_word_narrows_the_list_and_keeps_what_was_filled_in(client, agent, town):
    client.force_login(agent)
    page = client.post(ENTRY, {"find": "1", "narrow": "CRECHE", "channel": "counter", "language": "ar"})
    assert titles(page) == [["Payer la crèche"]]
    assert page.context["chosen"] == str(town[4].pk)
    assert page.context["form"]["channel"].value() == "counter"
    assert page.context["form"]["language"].value() == "ar"
    assert "Procedures found: 1" in page.text
    assert not Draft.objects.exists()


def test_word_that_finds_nothing_leaves_all_of_them_and_says_so(client, agent, town):
    client.force_login(agent)
    page = client.post(ENTRY, {"find": "1", "narrow": "zèbre"})
    assert "No procedure of your departments is called so." in page.text
    assert sum(map(len, titles(page))) == len(TITLES)


def test_summary_and_department_are_searched_too_and_the_choice_stays(town):
    choices = [
        choosing.Choice(1, "Signaler un trou", "Voirie", "signaler un trou voirie lampadaire eteint"),
        choosing.Choice(2, "Voter", "Élections", "voter elections"),
    ]
    assert choosing.narrowed(choices, "Lampadaire éteint") == choices[:1]
    assert choosing.narrowed(choices, "voirie", kept="2") == choices


def test_what_the_agent_enters_most_comes_first_and_once(client, agent, town):
    colleague = make_agent(town[0].department)
    for procedure, by in ((town[5], agent), (town[5], agent), (town[3], agent), (town[1], colleague)):
        make_request(procedure, entered_by=by)
    client.force_login(agent)
    first, rest = titles(client.get(ENTRY))
    assert first == ["Voter", "Louer une salle"]
    assert rest == sorted(set(TITLES) - set(first))


def test_other_departments_procedures_are_neither_offered_nor_found(client, agent):
    make_procedure(title="Cimetière", department=make_department("Cimetières"))
    client.force_login(agent)
    assert "Cimeti" not in client.get(ENTRY).text
    assert "Cimeti" not in client.post(ENTRY, {"find": "1", "narrow": "cim"}).text.replace('value="cim"', "")

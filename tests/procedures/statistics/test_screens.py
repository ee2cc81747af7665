"""The figures in the admin: who sees which, what is kept back, what leaves as a file."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from html import unescape
from xml.etree.ElementTree import fromstring

import openpyxl
import pytest
from django.contrib.auth.models import Group

from cms.accounts.roles import AGENTS, ELECTED
from directory.models import District
from procedures.inbox.models import ServiceRequest
from procedures.inbox.services.decision import accept
from procedures.statistics.services import count_changes
from tests.factories.directory import DepartmentFactory
from tests.factories.inbox import UserFactory, make_agent, make_request
from tests.factories.procedures import make_procedure

pytestmark = pytest.mark.django_db

DASHBOARD = "/admin/chiffres/"
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


def signed_in(client, user, group: str):
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return client


@pytest.fixture
def town(time_machine):
    """Six requests of one department, three of another; the six were answered in two days."""
    time_machine.move_to(NOW)
    ours, theirs = DepartmentFactory(name="Voirie"), DepartmentFactory(name="Cimetières")
    procedures = [make_procedure(department=where, title=f"Chez {where}") for where in (ours, theirs)]
    agent = make_agent(ours)
    for number in range(6):
        request = make_request(procedures[0], received_at=NOW - timedelta(days=10 + number))
        accept(request, agent=agent, at=NOW - timedelta(days=8 + number))
    for number in range(3):
        make_request(procedures[1], received_at=NOW - timedelta(days=3 + number))
    count_changes()
    return ours, theirs, agent


def cells(page: str) -> list[str]:
    return [row.split(";")[0] for row in page.splitlines()]


def exported(client, query: str = "", table: str = "detail") -> list[list[str]]:
    answer = client.get(f"{DASHBOARD}{table}.csv?{query}")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_an_agent_sees_figures_of_their_departments_alone(client, town):
    _ours, theirs, agent = town
    signed_in(client, agent, AGENTS)
    page = client.get(DASHBOARD).content.decode()
    assert "Chez Voirie" in page
    assert ">Cimetières<" not in page  # not even as a choice; titles of procedures are public
    for query in ("by=department", f"department={theirs.pk}", f"by=department&department={theirs.pk}", "by=channel"):
        lines = exported(client, query)
        assert not any("Cimetières" in line[0] for line in lines)
        assert sum(int(line[1]) for line in lines[1:]) == 6


def test_the_mayor_sees_all_figures_and_no_request(client, town):
    mayor = UserFactory()
    signed_in(client, mayor, ELECTED)
    page = client.get(f"{DASHBOARD}?by=department").content.decode()
    assert "Voirie" in page
    assert "Cimetières" in page
    assert "/admin/demandes/" not in page
    assert client.get("/admin/demandes/").status_code in (302, 403)
    by_name = {line[0]: line for line in exported(client, "by=department")}
    assert by_name["Voirie"][1] == "6"
    assert by_name["Cimetières"][1] == "fewer than 5"


@pytest.mark.parametrize("group", ["Rédacteurs de service", None])
def test_who_reads_no_request_sees_no_figure(client, town, group):
    stranger = UserFactory()
    if group:
        stranger.groups.add(Group.objects.get(name=group))
    client.force_login(stranger)
    for address in ("", "evolution.svg", "detail.csv", "carte.svg", "chiffres.ods"):
        assert client.get(DASHBOARD + address).status_code in (302, 403)


def test_a_figure_leads_to_the_requests_behind_it(client, town):
    ours, _theirs, agent = town
    page = signed_in(client, agent, AGENTS).get(f"{DASHBOARD}?by=department").content.decode()
    assert f"/admin/demandes/?department={ours.pk}&amp;closed_from=2025-12-01&amp;closed_to=2026-11-20" in page
    make_request(ServiceRequest.objects.first().procedure, received_at=NOW - timedelta(days=1))
    received = re.search(r'"(/admin/demandes/\?[^"]*received_from[^"]*)"', page)
    assert client.get(unescape(received[1])).content.count(b'name="pk"') == 7, "open and answered"


def test_a_question_that_means_nothing_is_passed_over(client, town):
    signed_in(client, town[2], AGENTS)
    query = "period=x&since=2026-99-99&until=never&department=abc&district=-4&by=agent&figure=none&compare=?"
    assert client.get(f"{DASHBOARD}?{query}").status_code == 200
    assert client.get(f"{DASHBOARD}?since=0001-01-01&until=9999-12-31").status_code == 200
    assert client.get(f"{DASHBOARD}agents.svg").status_code == 404
    assert client.get(f"{DASHBOARD}detail.exe").status_code == 404


def test_every_format_opens_and_says_the_same(client, town):
    signed_in(client, town[2], AGENTS)
    written = exported(client)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{DASHBOARD}detail.xlsx").content))
    rows = [["" if cell is None else str(cell) for cell in row] for row in book.active.iter_rows(values_only=True)]
    assert rows == written
    content = zipfile.ZipFile(io.BytesIO(client.get(f"{DASHBOARD}detail.ods").content)).read("content.xml").decode()
    assert "Chez Voirie" in content
    headlines = {line[0]: line for line in exported(client, table="chiffres")}
    assert headlines["for an answer, half of the time less"][1:3] == ["days", "2"]


def test_charts_are_pictures_without_script_or_style(client, town):
    signed_in(client, town[2], AGENTS)
    outline = {"type": "Polygon", "coordinates": [[[0, 47], [0.1, 47], [0.1, 47.1], [0, 47.1], [0, 47]]]}
    District.objects.create(name="Centre", slug="centre", outline=outline)
    for address in ("evolution.svg", "detail.svg", "evolution.svg?figure=waiting_now", "carte.svg?by=district"):
        answer = client.get(DASHBOARD + address)
        assert answer["Content-Type"].startswith("image/svg+xml")
        drawing = fromstring(answer.content)
        tags = {node.tag.rpartition("}")[2] for node in drawing.iter()}
        assert {"title", "desc"} <= tags
        assert not tags & {"script", "style", "foreignObject"}
        assert not any("style" in node.attrib for node in drawing.iter())


def test_the_screen_takes_few_queries(client, town, django_assert_max_num_queries):
    signed_in(client, town[2], AGENTS)
    client.get(f"{DASHBOARD}?by=district")  # the process has read the names
    with django_assert_max_num_queries(8) as captured:  # all but two for who asks, and the menu
        client.get(f"{DASHBOARD}?by=district&compare=year")
    assert sum("statistics_tally" in query["sql"] for query in captured) == 1


def test_mayor_finds_the_figures_on_the_first_page_and_agents_their_requests(client, town):
    mayor = UserFactory()
    signed_in(client, mayor, ELECTED)
    page = client.get("/admin/").text
    assert re.search(r"<strong>9</strong>\s*requests received", page)
    assert "fewer than 5" in page  # the three that wait
    assert "/admin/demandes/" not in page
    signed_in(client, town[2], AGENTS)
    assert "requests received" not in client.get("/admin/").text

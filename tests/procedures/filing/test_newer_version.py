"""A newer version is published while somebody fills in: finish as begun, or take the answers along."""

import re

import pytest

from procedures.filing.carrying import carried, carry_over
from procedures.filing.models import Draft, DraftUpload
from procedures.filing.storage import DraftGone
from procedures.inbox.models import Attachment, ServiceRequest
from tests.factories.filing import COPY, EXTRACT, WHO, Resident, a_pdf, typed
from tests.factories.procedures import block_id, condition, make_procedure, question, step

pytestmark = pytest.mark.django_db


def publish(procedure, *steps, **changes):
    """Publish the procedure's page with other steps."""
    page = procedure.page
    page.refresh_from_db()
    if steps:
        page.steps = page.steps.stream_block.to_python(list(steps))
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    procedure.refresh_from_db()


def raw_steps(procedure):
    return [dict(raw) for raw in procedure.page.steps.raw_data]


@pytest.fixture
def newer(resident):
    return f"/remplir/{resident.procedure.slug}/nouvelle-version/"


@pytest.fixture
def reworded(resident):
    """Who has answered everything when a question is reworded and another one added."""
    resident.answer_everything()
    who, what, papers = raw_steps(resident.procedure)
    who["value"]["questions"][1]["value"]["label"] = "Nom de famille"
    who["value"]["questions"].append(question("short_text", "Nom d’usage", id="usage"))
    publish(resident.procedure, who, what, papers)
    return resident


def take_along(resident, newer):
    return resident.client.post(newer, {"carry": "1"}, headers={"Origin": "http://testserver"})


def test_every_page_of_the_draft_leads_to_what_changed(reworded, newer):
    start = f"/remplir/{reworded.procedure.slug}/"
    for address in (start, reworded.url("1"), reworded.url("verifier")):
        assert newer in reworded.client.get(address).text


def test_the_page_says_in_words_what_changed_and_that_answers_are_kept(reworded, newer):
    page = reworded.client.get(newer)
    assert "“Nom” now reads: “Nom de famille”." in page.text
    assert "A new question: “Nom d’usage”." in page.text
    assert "All your answers are kept." in page.text
    assert "no-store" in page.headers["Cache-Control"]


def test_finishing_as_begun_says_no_more_of_it(reworded, newer):
    response = reworded.client.post(newer, {"stay": "1"}, headers={"Origin": "http://testserver"})
    assert response.headers["Location"] == reworded.url("verifier")
    assert newer not in reworded.get("verifier").text
    reworded.send()
    assert ServiceRequest.objects.get().version.number == 1


def test_the_answers_come_along_and_only_what_is_new_is_asked(reworded, newer):
    assert take_along(reworded, newer).headers["Location"] == reworded.url("1")
    page = reworded.get("1").text
    assert "Nom de famille" in page
    assert 'value="Martin"' in page
    assert newer not in page
    assert reworded.post("1", {**WHO, **typed(usage="Benali")}).headers["Location"] == reworded.url("2")
    assert reworded.get("verifier").status_code == 200
    reworded.send()
    request = ServiceRequest.objects.get()
    assert request.version.number == 2
    assert [answer["shown"] for answer in request.answers][:2] == ["Nadia", "Martin"]


def test_a_version_after_the_declined_one_is_announced(reworded, newer):
    reworded.client.post(newer, {"stay": "1"}, headers={"Origin": "http://testserver"})
    publish(reworded.procedure, announced_delay_days=30)
    assert newer in reworded.get("verifier").text


def test_a_change_that_is_none_to_residents_is_not_announced(resident, newer):
    resident.answer_everything()
    who, what, papers = raw_steps(resident.procedure)
    who["value"]["questions"][0]["value"]["help_text"] = "Comme sur votre acte."
    publish(resident.procedure, who, what, papers)
    assert newer not in resident.get("verifier").text


def test_an_answer_that_is_offered_no_more_is_asked_again(resident, newer):
    resident.answer_everything()
    who, what, papers = raw_steps(resident.procedure)
    what["value"]["questions"][0] = question("one_choice", "Quel document ?", id="document", choices=["Livret"])
    publish(resident.procedure, who, what, {**papers, "value": {**papers["value"], "condition": condition()}})
    page = resident.client.get(newer).text
    assert "You will be asked again" in page
    assert "Quel document ?" in page
    assert take_along(resident, newer).headers["Location"] == resident.url("2")
    assert 'value="Martin"' in resident.get("1").text


def test_a_question_asked_in_another_way_is_asked_again_with_what_was_typed(resident, newer):
    resident.answer_everything()
    who, what, papers = raw_steps(resident.procedure)
    who["value"]["questions"][1] = question("long_text", "Nom", id="nom")
    publish(resident.procedure, who, what, papers)
    take_along(resident, newer)
    assert block_id("nom") not in resident.draft().data["answers"]
    assert ">\nMartin</textarea>" in resident.get("1").text


def test_a_question_that_is_gone_is_named_and_its_answer_left_behind(resident, newer):
    resident.answer_everything()
    who, what, papers = raw_steps(resident.procedure)
    del who["value"]["questions"][2]
    publish(resident.procedure, who, what, papers)
    page = resident.client.get(newer).text
    assert "No longer asked; your answer is not taken along:" in page
    take_along(resident, newer)
    assert "nadia@example.org" not in str(resident.draft().data)


def test_questions_may_move_to_other_steps(resident, newer):
    resident.answer_everything()
    who, what, papers = raw_steps(resident.procedure)
    moved = who["value"]["questions"].pop(0)
    what["value"]["questions"].append(moved)
    publish(resident.procedure, what, who, papers, title="Actes")
    assert take_along(resident, newer).headers["Location"] == resident.url("verifier")
    resident.send()
    assert "Nadia" in [answer["shown"] for answer in ServiceRequest.objects.get().answers]


def test_files_come_along(resident, newer):
    resident.post("1", WHO)
    resident.post("2", COPY)
    resident.post("3", typed(piece=a_pdf(), naissance="14/07/1990"))
    publish(resident.procedure, title="Actes")
    assert take_along(resident, newer).headers["Location"] == resident.url("verifier")
    resident.send()
    assert Attachment.objects.get().original_name == "acte.pdf"
    assert not DraftUpload.objects.exists()


def test_rows_of_a_group_come_along(private_folder):
    children = question("group", "Enfants", id="g", questions=[question("short_text", "Prénom", id="p")])
    procedure = make_procedure(step("Enfants", children))
    resident = Resident(procedure)
    group, child = block_id("g"), block_id("p")
    rows = {group: ["1", "2"], f"{group}.1.{child}": "Inès", f"{group}.2.{child}": "Léa"}
    resident.post("1", rows)
    publish(procedure, step("Enfants", children), title="Cantine")
    result = carried(resident.draft(), procedure.current, "fr")
    assert result.data["answers"] == resident.draft().data["answers"]
    assert (result.again, result.dropped) == ((), ())


def test_a_half_finished_step_is_taken_along_as_it_was_typed(resident, newer):
    resident.post("1", {**WHO, **typed(email="nadia@")})
    publish(resident.procedure, title="Actes")
    assert take_along(resident, newer).headers["Location"] == resident.url("1")
    assert 'value="nadia@"' in resident.get("1").text


def test_without_a_draft_or_a_newer_version_there_is_nothing_to_choose(resident, newer):
    start = f"/remplir/{resident.procedure.slug}/"
    assert resident.client.get(newer).headers["Location"] == start
    resident.answer_everything()
    assert resident.client.get(newer).headers["Location"] == start
    assert take_along(resident, newer).headers["Location"] == start


def test_a_closed_procedure_takes_nobody_to_its_last_version(reworded, newer):
    reworded.procedure.page.unpublish()
    assert newer not in reworded.get("verifier").text
    reworded.send()
    assert ServiceRequest.objects.get().version.number == 1


def test_another_site_cannot_choose(reworded, newer):
    response = reworded.client.post(newer, {"carry": "1"}, headers={"Origin": "https://evil.example"})
    assert response.status_code == 403
    assert Draft.objects.get().version.number == 1


def test_what_another_tab_saved_meanwhile_is_not_overwritten(reworded):
    draft = reworded.draft()
    reworded.post("2", EXTRACT)
    with pytest.raises(DraftGone):
        carry_over(draft, reworded.procedure.current, "fr")
    assert Draft.objects.get().version.number == 1


def test_a_page_of_the_former_version_does_not_save_over_the_new_one_unseen(reworded, newer):
    seen = re.search(r'name="seen" value="([^"]+)"', reworded.get("1").text).group(1)
    take_along(reworded, newer)
    response = reworded.post("1", {**WHO, **typed(nom="Durand")}, seen=seen)
    assert response.status_code == 409
    assert "Durand" in response.text
    assert 'value="Martin"' in reworded.get("1").text

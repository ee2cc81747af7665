"""Two of everything at once: clicks, tabs, devices."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from procedures.filing.models import Draft
from procedures.filing.sending import file_draft
from procedures.filing.storage import Change, DraftGone, DraftStorage
from procedures.inbox.models import Event, OutboxMessage, ServiceRequest
from tests.factories.filing import EXTRACT, WHO, Resident, make_birth_procedure
from tests.factories.procedures import block_id

CLICKS = 20


@pytest.mark.django_db(transaction=True)
def test_twenty_simultaneous_clicks_make_one_request_and_one_receipt(private_folder):
    resident = Resident(make_birth_procedure())
    resident.answer_everything()
    cookies, together = dict(resident.client.cookies), Barrier(CLICKS)

    def click(_number: int) -> tuple[int, str]:
        mine = Resident(resident.procedure)
        mine.client.cookies.update(cookies)
        together.wait(60)
        try:
            response = mine.send()
            return response.status_code, response.headers["Location"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CLICKS) as clicks:
        answers = set(clicks.map(click, range(CLICKS)))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 302
    request = ServiceRequest.objects.get()
    assert Event.objects.filter(request=request).count() == 1
    assert OutboxMessage.objects.filter(request=request).count() == 1
    assert not Draft.objects.exists()
    connection.close()


@pytest.mark.django_db
def test_two_tabs_keep_what_each_saved(resident):
    resident.post("1", WHO)
    tabs = [DraftStorage("filing"), DraftStorage("filing")]
    for tab in tabs:
        tab.open(Draft.objects.get())
    for name, tab, step in (("prenom", tabs[0], "1"), ("urgent", tabs[1], "2")):
        question = block_id(name)
        tab.save(Change(step, {question: ["x"]}, frozenset({question}), {question: "x"}), "fr")
    data = Draft.objects.get().data
    assert data["answers"][block_id("prenom")] == data["answers"][block_id("urgent")] == "x"
    assert set(data["step_data"]) == {"1", "2"}


@pytest.mark.django_db
def test_saving_a_draft_that_was_sent_meanwhile_says_so(resident):
    resident.answer_everything()
    tab = DraftStorage("filing")
    tab.open(Draft.objects.get())
    file_draft(Draft.objects.get().key, "fr")
    with pytest.raises(DraftGone):
        tab.save(Change("2", {}, frozenset(), {}), "fr")


@pytest.mark.django_db
def test_a_post_that_crosses_the_sending_leads_to_the_receipt(resident, monkeypatch):
    resident.answer_everything()
    key = Draft.objects.get().key

    def sent_meanwhile(self, change, language):
        file_draft(key, "fr")
        raise DraftGone

    monkeypatch.setattr(DraftStorage, "save", sent_meanwhile)
    assert "/recu/" in resident.post("2", EXTRACT).headers["Location"]
    assert ServiceRequest.objects.count() == 1

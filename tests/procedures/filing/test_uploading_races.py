"""Pieces that come twice, from two tabs, or to a server that dies between two of them."""

from __future__ import annotations

import hashlib
import http.client
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread
from threading import Event as Flag
from typing import Any

import pytest
from django.db import connections

from procedures.filing import pieces
from procedures.filing.models import DraftUpload, PartialUpload
from procedures.uploads.keeping import stored_names
from tests.factories.filing import PDF, Resident
from tests.factories.procedures import block_id, make_procedure, question, step
from tests.factories.uploading import HEADERS, PIECE, Sender, told
from tests.procedures.filing.test_kill import BROKEN, SECONDS, Server

LONG_PDF = PDF + b"%" * 20_000
TABS = 6


def make_papers(most: int = 3, slug: str = "pieces") -> Resident:
    papers = question("file", "Pièces", id="piece", max_files=most)
    return Resident(make_procedure(step("Pièces", papers), slug=slug))


def at_once(resident: Resident, action: Callable[[Sender, int], Any]) -> list[Any]:
    """Do something in several tabs of one browser at the same moment."""
    cookies, together = dict(resident.client.cookies), Barrier(TABS)

    def one(number: int) -> Any:
        tab = Resident(resident.procedure)
        tab.client.cookies.update(cookies)
        together.wait(60)
        try:
            return action(Sender(tab), number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TABS) as tabs:
        return list(tabs.map(one, range(TABS)))


@pytest.fixture
def resident(transactional_db) -> Resident:
    """One who has a draft already."""
    resident = make_papers()
    Sender(resident).begin("autre.pdf", 100)
    PartialUpload.objects.all().delete()
    return resident


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_last", [False, True], ids=["a piece", "the last piece"])
def test_of_the_same_piece_sent_at_once_one_counts(resident, is_last):
    sent = LONG_PDF if is_last else LONG_PDF[:5000]
    address = Sender(resident).begin("acte.pdf", len(LONG_PDF))["Location"]
    statuses = at_once(resident, lambda sender, _: sender.piece(address, 0, sent).status_code)
    assert sorted(statuses) == [204] + [409] * (TABS - 1)
    assert Sender(resident).where(address) == len(sent)
    assert DraftUpload.objects.count() == (1 if is_last else 0)
    assert len(list(stored_names("drafts"))) == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_file_begun_in_several_tabs_is_one_file(resident):
    answers = at_once(resident, lambda sender, _: sender.begin("acte.pdf", len(LONG_PDF))["Location"])
    assert len(set(answers)) == 1
    assert PartialUpload.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_tabs_together_send_no_more_files_than_the_question_takes(resident):
    def send(sender: Sender, number: int) -> int:
        return sender.send(f"{number}.pdf", LONG_PDF, 10_000, fingerprint=str(number)).status_code

    statuses = at_once(resident, send)
    assert statuses.count(204) == 3
    assert set(statuses) == {204, 422}
    assert DraftUpload.objects.count() == 3
    assert len(list(stored_names("drafts"))) == 3
    assert not PartialUpload.objects.exists()


@pytest.mark.django_db
def test_a_crash_before_the_piece_is_counted_loses_nothing(monkeypatch):
    sender = Sender(make_papers())
    address = sender.begin("acte.pdf", len(LONG_PDF))["Location"]
    sender.piece(address, 0, LONG_PDF[:5000])

    def crash(*_args: Any, **_kwargs: Any) -> None:
        raise KeyboardInterrupt

    for name in ("_keep_piece", "_settle"):
        with monkeypatch.context() as patched:
            patched.setattr(pieces, name, crash)
            sent = LONG_PDF[5000:9000] if name == "_keep_piece" else LONG_PDF[5000:]
            with pytest.raises(KeyboardInterrupt):
                sender.piece(address, 5000, sent)
        assert sender.where(address) == 5000
    assert sender.piece(address, 5000, LONG_PDF[5000:]).status_code == 204
    assert DraftUpload.objects.get().sha256 == hashlib.sha256(LONG_PDF).hexdigest()


# --- A real server, killed ------------------------------------------------------------------

FILES, PIECE_BYTES, DEATHS = 40, 60_000, 8


class Browser:
    """Sends files as static/js/tus.js does: after a cut it asks where it stopped."""

    def __init__(self, port: int, deadline: float, sent: list[int]) -> None:
        self.port, self.deadline, self.sent, self.cookie = port, deadline, sent, ""

    def begin(self, url: str) -> None:
        """Get a draft, and its cookie."""
        answer = self.until_answered("POST", url.replace("envois", "1"))
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> http.client.HTTPResponse | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            sent = {"Tus-Resumable": HEADERS["Tus-Resumable"], "Cookie": self.cookie, **named}
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            response.read()
            return response if response.status < 500 else None
        except BROKEN:
            time.sleep(0.05)
            return None
        finally:
            connection.close()

    def until_answered(self, *args: Any, **headers: str) -> http.client.HTTPResponse:
        while time.monotonic() < self.deadline:
            if (response := self.ask(*args, **headers)) is not None:
                return response
        raise AssertionError("no answer in time")

    def send(self, url: str, name: str, data: bytes) -> None:
        words = told(question=block_id("piece"), filename=name, fingerprint=name)
        begun = self.until_answered("POST", url, Upload_Length=str(len(data)), Upload_Metadata=words)
        assert begun.status == 201, begun.status
        address = begun.headers["Location"]
        place = int(begun.headers["Upload-Offset"])
        while place < len(data):
            piece = data[place : place + PIECE_BYTES]
            answer = self.ask("PATCH", address, piece, Upload_Offset=str(place), Content_Type=PIECE)
            if answer is None or answer.status == 409:
                answer = self.until_answered("HEAD", address)
            assert answer.status in {200, 204}, answer.status
            place = int(answer.headers["Upload-Offset"])
            self.sent.append(place)


def kill_now_and_then(server: Server, sent: list[int], stop: Flag) -> None:
    """Kill at random moments as the pieces arrive: a worker, every fourth time the whole server."""
    chance = random.Random(2026)
    for number, moment in enumerate(sorted(chance.sample(range(FILES * 3), DEATHS))):
        while len(sent) < moment and not stop.wait(chance.uniform(0, 0.02)):
            pass
        if number % 4 == 3:
            server.kill_everything()
            server.start()
        else:
            server.kill_a_worker(chance)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_files_arrive_whole_and_once_however_often_the_server_is_killed(tmp_path):
    urls = [make_papers(10, slug=f"pieces-{number}").url("envois") for number in range(4)]
    data = {f"{number}.pdf": PDF + random.Random(number).randbytes(250_000) for number in range(FILES)}
    deadline, stop, sent = time.monotonic() + SECONDS, Flag(), []
    with Server(tmp_path).running() as server, ThreadPoolExecutor(len(urls)) as threads:
        browsers = [Browser(server.port, deadline, sent) for _ in urls]
        for browser, url in zip(browsers, urls, strict=True):
            browser.begin(url)

        def send_some(number: int) -> None:
            for name in list(data)[number :: len(urls)]:
                browsers[number].send(urls[number], name, data[name])

        killer = Thread(target=kill_now_and_then, args=(server, sent, stop))
        killer.start()
        list(threads.map(send_some, range(len(urls))))
        stop.set()
        killer.join()
    assert server.deaths == DEATHS + 1  # the last one ends the test
    arrived = {upload.original_name: upload for upload in DraftUpload.objects.all()}
    assert DraftUpload.objects.count() == FILES
    assert {name: upload.sha256 for name, upload in arrived.items()} == {
        name: hashlib.sha256(content).hexdigest() for name, content in data.items()
    }
    assert not PartialUpload.objects.exists()

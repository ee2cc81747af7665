"""A real clamd, and everything that may stand in its place."""

import io
import os
import socket
import time

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from procedures.inbox.checks import check_antivirus_address
from procedures.uploads import quarantine
from procedures.uploads.antivirus import AntivirusDown, AntivirusError, address, is_infected
from procedures.uploads.keeping import keep, stored_names
from procedures.uploads.quarantine import Scan, check_at_reception
from tests.antivirus import SICK_PDF, VIRUS, pretended_clamd
from tests.procedures.uploads.samples import PDF

pytestmark = pytest.mark.cache

MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def _private_folder(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path, "base_url": None}},
    }


@pytest.fixture(params=["tcp", "unix"])
def antivirus(request, clamd, settings):
    settings.CLAMD_URL = getattr(clamd, request.param)
    return clamd


def file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("acte.pdf", content)


def test_a_sound_file_and_a_virus_are_told_apart(antivirus):
    assert not is_infected(io.BytesIO(PDF), 30)
    assert is_infected(io.BytesIO(VIRUS), 30)
    assert is_infected(io.BytesIO(SICK_PDF), 30)


def test_ten_megabytes_are_read_to_the_last_byte(antivirus):
    padding = os.urandom(10 * MEGABYTE - len(VIRUS))
    assert not is_infected(io.BytesIO(padding), 60)
    stream = io.BytesIO(padding + VIRUS)
    assert is_infected(stream, 60)
    assert stream.tell() == 0


def test_a_file_beyond_what_clamd_takes_has_no_verdict(antivirus):
    with pytest.raises(AntivirusError, match="size limit exceeded"):
        is_infected(io.BytesIO(b" " * 13 * MEGABYTE), 60)


def test_an_infected_file_is_refused_by_name_and_not_kept(antivirus):
    with pytest.raises(ValidationError, match=r"“acte\.pdf” holds a virus"):
        keep(file(SICK_PDF), "drafts")
    assert not list(stored_names("drafts"))


def test_a_sound_file_is_kept_as_clean(antivirus):
    assert keep(file(PDF), "drafts").scan == Scan.CLEAN


def test_without_an_antivirus_a_file_is_kept_as_not_checked(settings):
    settings.CLAMD_URL = ""
    assert keep(file(PDF), "drafts").scan == Scan.UNCHECKED


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:{port}", "unix:///nowhere/clamd.ctl"])
def test_where_nobody_answers_a_file_waits_in_quarantine(settings, url):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.CLAMD_URL = url.format(port=probe.getsockname()[1])
    with pytest.raises(AntivirusDown):
        is_infected(io.BytesIO(PDF), 5)
    assert keep(file(PDF), "drafts").scan == Scan.WAITING


def read_all(connection: socket.socket) -> None:
    """Read what is sent until its end: four zero bytes."""
    received = b""
    while not received.endswith(b"\0\0\0\0") and (more := connection.recv(65536)):
        received += more


def answer(words: bytes):
    def behave(connection: socket.socket) -> None:
        read_all(connection)
        connection.sendall(words)

    return behave


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"\0",
        b"stream: OK but FOUNDER\0",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"\xff" * 9000,
        b"stream: lstat() failed. ERROR\0",
    ],
    ids=["nothing", "empty", "nearly", "http", "endless", "error"],
)
def test_an_answer_without_sense_is_no_verdict(settings, words):
    with pretended_clamd(answer(words)) as settings.CLAMD_URL:
        with pytest.raises(AntivirusError):
            is_infected(io.BytesIO(PDF), 10)
        assert check_at_reception(io.BytesIO(PDF)) == Scan.WAITING


def test_whoever_hangs_up_at_once_gives_no_verdict(settings):
    with pretended_clamd(lambda connection: None) as settings.CLAMD_URL, pytest.raises(AntivirusError):
        is_infected(io.BytesIO(b"x" * MEGABYTE), 10)


def dribble(connection: socket.socket) -> None:
    """Answer one byte at a time, for ever."""
    try:
        while True:
            connection.sendall(b"s")
            time.sleep(0.05)
    except OSError:
        return


def test_an_antivirus_that_dribbles_holds_nobody_longer_than_allowed(settings):
    with pretended_clamd(dribble) as settings.CLAMD_URL, pytest.raises(AntivirusError, match=r"timed out|too long"):
        is_infected(io.BytesIO(PDF), 0.5)


def test_after_a_failure_the_next_files_do_not_wait_for_the_antivirus(settings, monkeypatch):
    asked = []
    with pretended_clamd(lambda connection: asked.append(1)) as settings.CLAMD_URL:
        for _ in range(5):
            assert check_at_reception(io.BytesIO(PDF)) == Scan.WAITING
        assert len(asked) == 1
        cache.delete(quarantine.DOWN)  # the pause is over
        check_at_reception(io.BytesIO(PDF))
    assert len(asked) == 2


@pytest.mark.parametrize(
    "url", ["127.0.0.1:3310", "tcp://host", "tcp://host:port", "unix://relative/path", "http://h:1"]
)
def test_an_address_that_cannot_be_right_is_said_at_the_start(settings, url):
    with pytest.raises(ImproperlyConfigured, match="CLAMD_URL"):
        address(url)
    settings.CLAMD_URL = url
    assert [problem.id for problem in check_antivirus_address()] == ["inbox.E001"]


def test_a_right_address_is_read():
    assert address("tcp://127.0.0.1:3310") == ("127.0.0.1", 3310)
    assert address("unix:///run/clamav/clamd.ctl") == "/run/clamav/clamd.ctl"

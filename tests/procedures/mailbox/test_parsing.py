"""Letters as they are in the wild: odd sets of characters, HTML alone, quotes of every client, rubbish."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.mailbox.automatic import failures_in, why_automatic
from procedures.mailbox.parsing import fingerprint, parse
from procedures.mailbox.plain import LONGEST, without_quotes, words_of_html
from tests.factories.letters import letter

HEAD = b"From: =?iso-8859-1?q?Andr=E9_Martin?= <Andre@Exemple.FR>\r\nSubject: =?utf-8?b?w6l0w6k=?=\r\n"


def test_headers_are_decoded_and_addresses_in_small_letters():
    mail = parse(HEAD + b"\r\nBonjour")
    assert (mail.sender, mail.sender_name, mail.subject, mail.text) == (
        "andre@exemple.fr",
        "André Martin",
        "été",
        "Bonjour",
    )


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "nonsense", "undefined", "idna", ""])
def test_text_is_read_whatever_it_says_of_its_characters(charset):
    data = "café à l’été".encode("utf-8" if charset in ("utf-8", "") else "cp1252")
    said = f"Content-Type: text/plain; charset={charset}\r\n" if charset else ""
    assert parse(HEAD + said.encode() + b"Content-Transfer-Encoding: 8bit\r\n\r\n" + data).text.startswith("café")


def test_html_alone_is_read_as_text_and_nothing_in_it_runs():
    html = (
        "<html><head><title>T</title><style>p{}</style></head><body><p>Bonjour&nbsp;<b>vous</b></p>"
        "<script>alert(1)</script><div>Merci<br>Anne</div><img src='http://127.0.0.1:9/x.gif'>"
        '<div class="gmail_quote">Le 3, la ville a écrit : <blockquote>secret</blockquote></div>'
    )
    message = letter()
    message.set_content(html, subtype="html")
    assert parse(message.as_bytes()).text == "Bonjour vous\n\nMerci\nAnne"
    assert words_of_html("<p>un<p>deux</blockquote><p>trois") == "un\ndeux\ntrois"


@pytest.mark.parametrize(
    "quote",
    [
        "Le 14/11/2026 à 18:22, Ville de Valmarie a écrit :\n> lien",
        "Le sam. 14 nov. 2026 à 18:22, Ville de Valmarie <ne-pas-repondre@valmarie.example>\na écrit :\n> lien",
        "On Sat, Nov 14, 2026 at 6:22 PM Ville wrote:\n> lien",
        "-----Message d'origine-----\nDe : Ville\nEnvoyé : samedi\nlien",
        "De : Ville de Valmarie <v@valmarie.example>\nEnvoyé : samedi 14 novembre\nÀ : moi\nObjet : lien",
        "________________________________\nFrom: Ville\nlien",
        "> -- Write your answer above this line --\n> lien",
        "-- \nCamille Lefèvre\n06 12 34 56 78",
    ],
)
def test_only_what_is_above_the_quote_is_kept(quote):
    assert without_quotes(f"Voici la pièce.\n\n{quote}", ("Write your answer above this line",)) == "Voici la pièce."


@pytest.mark.parametrize(
    "text",
    [
        "De : la gare\nje suis parti à pied",
        "Le maire a écrit : il faut voir.\nQu’en pensez-vous ?",
        "> tout est cité",
        "On attend depuis lundi",
    ],
)
def test_words_that_only_look_like_a_quote_stay(text):
    assert without_quotes(text) == text


def test_logos_are_left_out_and_photographs_inside_the_text_are_kept():
    message = letter()
    message.add_attachment(b"x" * 500, maintype="image", subtype="png", cid="<logo>", disposition="inline")
    message.add_attachment(b"x" * 20_000, maintype="image", subtype="jpeg", cid="<photo>", disposition="inline")
    assert [len(piece.content) for piece in parse(message.as_bytes()).pieces] == [20_000]


def test_same_letter_has_one_fingerprint_by_whatever_way_it_comes():
    data = letter().as_bytes()
    assert fingerprint(b"Received: from a by b\r\n" + data) == fingerprint(data)
    assert fingerprint(data) != fingerprint(data + b"!")


def test_letter_without_end_is_bounded():
    assert len(parse(letter("mot " * 100_000).as_bytes()).text) == LONGEST


def test_what_no_database_takes_is_left_out():
    data = b"From: a@exemple.fr\nMessage-ID: <a\0b@exemple.fr>\nContent-Type: text/plain; charset=utf-7\n\nOui+2AA-\0"
    mail = parse(data)
    assert (mail.message_id, mail.text) == ("ab@exemple.fr", "Oui")


def test_brackets_without_end_are_no_address():
    assert parse(b"From: " + b"(" * 3000 + b"\n\nBonjour").sender == ""


@given(st.binary(max_size=600))
def test_no_letter_breaks_the_reader(noise):
    heads = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
    for data in (noise, HEAD + b"\r\n" + noise, heads + noise, b"Subject: " + noise + b"\r\n\r\nx"):
        mail = parse(data)
        fingerprint(data)
        failures_in(mail)
        why_automatic(mail)
        without_quotes(mail.text)
        assert "\x00" not in mail.text + mail.subject + mail.sender

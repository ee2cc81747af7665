"""Files of strangers are refused in one line, quickly, and nothing is written."""

import json
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from procedures.definition.importing.publik.texts import plain, rich
from procedures.definition.importing.richtext import safe_rich_text
from procedures.definition.importing.running import read_procedure
from procedures.definition.importing.safety import LARGEST_BYTES, UnusableFileError
from procedures.definition.models import ProcedurePage
from tests.factories.procedures import make_department, make_index
from tests.procedures.definition.importing.forms import field, form, page

BOMB = b"<!DOCTYPE a [<!ENTITY a 'aaaa'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (letter, b"&%c;" % (letter - 1) * 10) for letter in b"bcdefghij"
)
HOSTILE = {
    "nothing": b"",
    "spaces": b"  \n ",
    "entity bomb": BOMB + b"]><formdef><name>&j;</name></formdef>",
    "external entity": b'<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/passwd">]><formdef><name>&x;</name></formdef>',
    "parameter entity": b'<!DOCTYPE f [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;]><formdef/>',
    "external type": b'<!DOCTYPE formdef SYSTEM "http://127.0.0.1/x.dtd"><formdef><name>x</name></formdef>',
    "100 MB": b"<formdef><name>x</name>" + b" " * (100 * 1024 * 1024),
    "deep": b"<formdef>" * 50_000,
    "many": b"<formdef>" + b"<a/>" * 250_000 + b"</formdef>",
    "cut short": form(field("string", "Nom"))[:-40],
    "wrong encoding": '<?xml version="1.0" encoding="utf-8"?><formdef><name>é</name></formdef>'.encode("latin-1"),
    "unknown encoding": b'<?xml version="1.0" encoding="klingon"?><formdef/>',
    "lying encoding": b'<?xml version="1.0" encoding="utf-16"?><formdef/>',
    "null bytes": b"<formdef>\x00</formdef>",
    "archive": b"PK\x03\x04" + b"\x00" * 200,
    "another XML": b"<html><body/></html>",
    "a workflow": b"<workflow><name>x</name></workflow>",
    "a card": b"<carddef><name>x</name></carddef>",
    "nameless": b"<formdef><fields/></formdef>",
    "broken JSON": b'{"format": "parvis-procedure", ',
    "deep JSON": b'{"format": ' + b"[" * 200_000,
    "another JSON": b'{"format": "other"}',
    "a list": b"[1, 2]",
    "wrong version": b'{"format": "parvis-procedure", "version": 99}',
    "steps are a text": b'{"format": "parvis-procedure", "version": 1, "language": "fr", "title": "x", "steps": "y"}',
    "steps are numbers": b'{"format": "parvis-procedure", "version": 1, "language": "fr", "title": "x", "steps": [1]}',
    "title is a list": b'{"format": "parvis-procedure", "version": 1, "language": "fr", "title": [], "steps": []}',
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_file_is_refused_in_one_line_and_leaves_nothing(name, tmp_path):
    department = make_department()
    make_index()
    path = tmp_path / "form.wcs"
    path.write_bytes(HOSTILE[name])
    with pytest.raises(CommandError) as refused:
        call_command("import_procedure", path, department=department.slug)
    told = str(refused.value)
    assert told.startswith("form.wcs: ")
    assert "\n" not in told
    assert len(told) < 300
    assert not ProcedurePage.objects.exists()


@pytest.mark.django_db
def test_one_bad_file_among_several_stops_all_of_them(tmp_path):
    department = make_department()
    make_index()
    good, bad = tmp_path / "good.wcs", tmp_path / "bad.wcs"
    good.write_bytes(form(page("Vous"), field("string", "Nom")))
    bad.write_bytes(b"<formdef")
    with pytest.raises(CommandError, match=r"^bad\.wcs: "):
        call_command("import_procedure", good, bad, department=department.slug)
    assert not ProcedurePage.objects.exists()


@pytest.mark.django_db
def test_a_missing_file_and_a_missing_department_are_said(tmp_path):
    with pytest.raises(CommandError, match="No department"):
        call_command("import_procedure", tmp_path / "x.wcs", department="nowhere")
    with pytest.raises(CommandError, match=r"x\.wcs"):
        call_command("import_procedure", tmp_path / "x.wcs", department=make_department().slug)


def test_the_largest_file_is_far_larger_than_any_form():
    assert len(form(*[field("string", f"Question {number}") for number in range(2_000)])) < LARGEST_BYTES / 10


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<p>Bonjour <b>vous</b></p>", "<p>Bonjour <b>vous</b></p>"),
        ('<p data-block-key="a1">x<br/>y</p>', '<p data-block-key="a1">x<br/>y</p>'),
        ('<a href="https://x.fr/?a=1&amp;b=2">x</a>', '<a href="https://x.fr/?a=1&amp;b=2">x</a>'),
        ('<a linktype="page" id="3">x</a>', '<a linktype="page" id="3">x</a>'),
        ("<script>alert(1)</script><p>x</p>", "<p>x</p>"),
        ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
        ('<p onclick="x" style="y">x</p>', "<p>x</p>"),
        ('<img src=x onerror="y"><svg><p>z</p></svg>x', "x"),
        ("<p>1 &lt; 2 &amp; 3 &#233;</p>", "<p>1 &lt; 2 &amp; 3 &#233;</p>"),
        ('<a href="https://x" onclick="<b>">x</a>', '<a href="https://x">x</a>'),
    ],
)
def test_rich_text_keeps_what_the_editor_writes_and_nothing_else(text, wanted):
    assert safe_rich_text(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<h2>Titre</h2><p>Un <em>mot</em></p>", "<p><b>Titre</b></p><p>Un <i>mot</i></p>"),
        ("Sans balise & sans façon", "<p>Sans balise &amp; sans façon</p>"),
        ("<ul>\n<li>un</li><li>deux</ul>suite", "<ul> <li>un</li><li>deux</li></ul><p>suite</p>"),
        ('<div><a href="javascript:x">lien</a></div>', "<p>lien</p>"),
        ('<p><a href="https://a.fr">lien</a></p>', '<p><a href="https://a.fr">lien</a></p>'),
        ("<p>&nbsp;</p><hr><p>x</p><script>y</script>", "<p>x</p>"),
    ],
)
def test_any_html_becomes_plain_paragraphs(text, wanted):
    assert rich(text).replace("> <", "><") == wanted.replace("> <", "><")


@given(st.text(alphabet="<>/pabliu &;\"'=x!-", max_size=60))
def test_no_text_comes_out_of_the_cleaning_with_a_tag_that_is_not_ours(text):
    for cleaned in (rich(text), safe_rich_text(text)):
        assert safe_rich_text(cleaned) == cleaned
    plain(text)


@pytest.mark.django_db
def test_json_of_a_stranger_is_cleaned_before_it_becomes_a_page():
    make_index()
    content = {
        "format": "parvis-procedure",
        "version": 1,
        "language": "fr",
        "title": "Étrange",
        "settings": {
            "alternative": "<p>Ici<script>x</script></p>",
            "silence_effect": "none",
            "live": True,
            "delay": "beaucoup",
            "owner": 1,
        },
        "steps": [
            {
                "type": "step",
                "value": {
                    "title": "Un",
                    "introduction": '<p onload="x">Bonjour</p>',
                    "questions": [
                        {"type": "telepathy", "value": {"label": "À quoi pensez-vous ?"}},
                        {"type": "short_text", "value": {"label": "Nom", "colour": "red"}},
                    ],
                },
            }
        ],
    }
    imported = read_procedure(json.dumps(content).encode(), "x.json", {}, make_department())
    step = imported.content["steps"][0]["value"]
    assert step["introduction"] == "<p>Bonjour</p>"
    assert [question["type"] for question in step["questions"]] == ["short_text"]
    assert imported.content["settings"]["alternative"] == "<p>Ici</p>"
    assert {(outcome.name, outcome.result) for outcome in imported.outcomes} == {
        ("live", "left"),
        ("owner", "left"),
        ("À quoi pensez-vous ?", "left"),
    }
    assert imported.publishable


def test_nothing_but_bytes_is_needed_to_say_no():
    with pytest.raises(UnusableFileError):
        read_procedure(BytesIO(b"\xff\xfe").getvalue(), "x", {}, None)

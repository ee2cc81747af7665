"""HTML becomes a tagged PDF: what readers that speak find in it, and what it may not read."""

from __future__ import annotations

import http.server
import threading

import pikepdf
import pytest
from django.core.checks import run_checks
from wagtail_factories import ImageFactory

from cms.formats import checks
from cms.formats.letterhead import letterhead
from cms.formats.pdf import tagged_pdf
from cms.formats.templatetags.directions import direction
from cms.pages.models import CitySettings
from tests.factories.pages import build_city
from tests.pdf_reading import Reading, needs_pango

pytestmark = needs_pango
ROWS = '<table><tbody><tr><th scope="row">Reçue</th><td>hier</td></tr></tbody></table>'
COLUMNS = '<table><thead><tr><th scope="col">Fichier</th></tr></thead><tbody><tr><td>a.pdf</td></tr></tbody></table>'


def drawn(body: str, language: str = "fr", **more) -> Reading:
    way = "rtl" if language == "ar" else "ltr"
    html = f'<html lang="{language}" dir="{way}"><head><title>x</title></head><body>{body}</body></html>'
    return Reading(tagged_pdf(html, language=language, title="Accusé de réception", **more))


def test_document_says_its_title_language_and_that_it_is_tagged():
    read = drawn("<h1>Bonjour</h1>")
    assert (read.title, read.language) == ("Accusé de réception", "fr")
    assert read.document.Root.MarkInfo.Marked
    assert read.document.Root.ViewerPreferences.DisplayDocTitle
    with read.document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_headings_paragraphs_and_lists_are_tagged_in_order():
    read = drawn("<h1>Un</h1><h2>Deux</h2><p>Trois</p><ul><li>Quatre</li></ul><h3>Cinq</h3>")
    kinds = [str(one.S)[1:] for one in read.elements("H1", "H2", "H3", "P", "L")]
    assert kinds == ["H1", "H2", "P", "L", "H3"]
    assert read.text("H1", "H2", "P", "H3") == ["Un", "Deux", "Trois", "Cinq"]


@pytest.mark.parametrize(("table", "scope"), [(ROWS, "/Row"), (COLUMNS, "/Column")])
def test_header_cells_say_what_they_head(table, scope):
    read = drawn(table)
    [cell] = read.elements("TH")
    assert str(cell.A.Scope) == scope


def test_links_are_printed_and_say_where_they_lead():
    read = drawn('<p><a href="https://valmarie.example/suivi/">Suivre</a></p>')
    [link] = read.links()
    assert int(link.F) & 4
    assert str(link.Contents) == str(link.A.URI) == "https://valmarie.example/suivi/"
    assert read.text("Link") == ["Suivre"]


def test_running_foot_is_not_read_aloud_on_every_page():
    read = drawn('<div class="foot">Mairie</div><p>Un</p><p>' + "mot " * 2000 + "</p>")
    assert len(read.document.pages) > 1
    assert "Mairie" not in read.all_text
    for page in read.document.pages:
        assert b"/Artifact BMC" in page.Contents.read_bytes()


def test_arabic_is_drawn_with_the_letters_that_come_along():
    read = drawn("<p>طلبكم</p>", "ar")
    fonts = {str(font.BaseFont) for font in read.document.pages[0].resources.Font.values()}
    assert any("Vazirmatn" in name for name in fonts)
    assert all("FontFile2" in str(font.DescendantFonts[0].FontDescriptor.keys()) for font in fonts_of(read))
    assert set(read.text("P")[0]) == set("طلبكم")


def test_every_piece_of_a_vocalised_letter_says_a_character():
    read = drawn("<p>عُدَّ كاملًا فتُبلَّغ لا إله إلا الله</p>", "ar")
    for font in fonts_of(read):
        assert b"<>" not in font.ToUnicode.read_bytes()
    assert read.faults == []


def fonts_of(read: Reading) -> list:
    return list(read.document.pages[0].resources.Font.values())


def test_page_from_right_to_left_begins_at_the_right():
    left, right = (first_x(drawn(f"<p>{text}</p>", language)) for text, language in (("Un", "fr"), ("طلب", "ar")))
    assert left < 100 < 300 < right


def first_x(read: Reading) -> float:
    place = next(
        operands for operands, operator in pikepdf.parse_content_stream(read.document.pages[0]) if str(operator) == "Tm"
    )
    return float(place[4])


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("06 12 34 56 78", "ltr"),
        ("12 شارع", "rtl"),
        ("2 place du Parvis", "ltr"),
        ("؟ 12", "rtl"),
        ("😀 ok", "ltr"),
        ("", "ltr"),
    ],
)
def test_text_runs_as_its_first_letter_does(text, way):
    assert direction(text) == way


@pytest.fixture
def listener():
    """A server of this machine that notes what it is asked."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def test_no_address_of_network_or_disk_is_read(listener, tmp_path, settings):
    address, asked = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("very secret")
    settings.WAGTAILADMIN_BASE_URL = address
    body = "".join(
        f'<img src="{url}" alt="x"><link rel="stylesheet" href="{url}"><link rel="attachment" href="{url}">'
        f'<object data="{url}"></object><a rel="attachment" href="{url}">x</a><style>@import "{url}";'
        f"p {{ background: url({url}) }} @font-face {{ font-family: a; src: url({url}) }}</style><p>y</p>"
        for url in (f"{address}/x.png", "/y.png", secret.as_uri(), "https://static.invalid/../../pyproject.toml")
    )
    read = drawn(body)
    assert asked == []
    assert "/EmbeddedFiles" not in str(read.document.Root.get("/Names", {}))
    assert "very secret" not in read.all_text


def test_machine_without_the_library_is_told_what_is_missing(monkeypatch):
    assert [one for one in run_checks() if one.id == "formats.W001"] == []
    monkeypatch.setattr(checks, "is_available", lambda: False)
    [warning] = checks.check_pdf()
    assert "libpango" in warning.hint


@pytest.mark.django_db
def test_letterhead_bears_name_address_colour_and_logo_of_the_town():
    build_city()
    city = CitySettings.objects.first() or CitySettings.objects.create()
    logo = ImageFactory()
    CitySettings.objects.filter(pk=city.pk).update(
        street="1 place du Parvis", town="Valmarie", logo=logo, city_colour="#123456"
    )
    head = letterhead("en")
    assert (head.street, head.place, head.colour) == ("1 place du Parvis", "Valmarie", "#123456")
    assert head.files["logo"].startswith((b"\x89PNG", b"\xff\xd8", b"RIFF"))
    read = drawn('<div class="town__logo"></div>', style=head.style, files=head.files)
    page = read.document.pages[0]
    assert b"/Artifact" in page.Contents.read_bytes()
    streams = [one for one in read.document.objects if isinstance(one, pikepdf.Stream)]
    assert any(str(one.get("/Subtype")) == "/Image" for one in streams)

"""The plain writing of the data files."""

from __future__ import annotations

import pytest

from demo.loading.writing import rich_text


def link(target: str) -> str:
    return f'<a href="{target}">'


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Bonjour.", "<p>Bonjour.</p>"),
        ("Un.\n\nDeux.\n", "<p>Un.</p><p>Deux.</p>"),
        ("Une ligne\nqui continue.", "<p>Une ligne qui continue.</p>"),
        ("- un\n- **deux**", "<ul><li>un</li><li><b>deux</b></li></ul>"),
        ("*Carmen* & <Fauré>", "<p><i>Carmen</i> &amp; &lt;Fauré&gt;</p>"),
        ("voir [ici](page:agenda)", '<p>voir <a href="page:agenda">ici</a></p>'),
        ("", ""),
    ],
)
def test_plain_writing_becomes_rich_text(typed, stored):
    assert rich_text(typed, link) == stored

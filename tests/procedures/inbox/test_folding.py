"""Text as searches compare it."""

from __future__ import annotations

import pytest

from procedures.inbox.folding import fold, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Éloïse  LE GOFF", "eloise le goff"),
        ("Œuvre d’Ægir", "oeuvre d'aegir"),
        ("Straße", "strasse"),
        ("02\u00a000\u202f00", "02 00 00"),
        ("مُحَمَّد", "محمد"),
        ("nul\x00octet", "nul octet"),
    ],
)
def test_accents_capitals_and_spaces_are_folded(text, folded):
    assert fold(text) == folded


def test_short_words_and_a_flood_of_words_are_left_out():
    assert words("rue de la Épée") == ["rue", "epee"]
    assert len(words("mots " * 500)) == 6

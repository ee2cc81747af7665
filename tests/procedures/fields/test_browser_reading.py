"""What is typed means the same in the browser and on the server: one table of texts, read by both."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from procedures.fields.numbers import MOST_DECIMALS
from procedures.plugins import Kept, Question, field_types

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="node is not installed: the browser's side was not asked")

TEXTS = 3_000
QUESTIONS = {
    "number": Question("n", "decimal_number", "n", required=False, options={"decimals": MOST_DECIMALS}),
    "cents": Question("c", "amount", "c", required=False),
    "date": Question("d", "date", "d", required=False),
}
EXAMPLES = [
    (kind.reading, typed.strip())
    for kind in field_types
    for typed, _kept in kind.examples
    if kind.reading in QUESTIONS and isinstance(typed, str)
]
HARD = [
    *[
        ("number", text)
        for text in ("1.234,56", "1,234.56", "1.234.567", "1'234", "1,2,3", "+3", "--3", "12,", "1e3", "𝟙𝟚")
    ],
    *[
        ("cents", text)
        for text in ("12,50 €", "12,505", "12,500", "-1", "1.234", "€", "0,29", "1.005", "999999999999,99")
    ],
    *[
        ("date", text)
        for text in ("31/02/2026", "29/02/2024", "2026-1-2", "1/1/90", "00/01/2026", "31122026", "१४/०७/१९९०")
    ],
]
digits = st.text("0123456789٠١٢٣٤٥٦٧٨٩", min_size=1, max_size=4)
numbers = st.lists(digits | st.sampled_from([",", ".", " ", "٫", "٬", "-", "−", "€", "'", "\u202f"]), max_size=8).map(
    "".join
)
days = st.builds(
    "{}{}{}{}{}".format,
    st.integers(0, 33),
    st.sampled_from(["/", "-", ".", " ", ""]),
    st.integers(0, 14),
    st.sampled_from(["/", "-", ".", " ", ""]),
    st.integers(1800, 2300),
)
texts = st.tuples(st.sampled_from(["number", "cents"]), numbers) | st.tuples(st.just("date"), days | numbers)


def on_the_server(reading: str, typed: str) -> Kept:
    kind = QUESTIONS[reading].field_type
    try:
        return kind.keep(kind.form_field(QUESTIONS[reading]).clean(typed))
    except ValidationError:
        return None


def generated() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []

    @settings(
        max_examples=TEXTS,
        database=None,
        derandomize=True,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(texts)
    def draw(text: tuple[str, str]) -> None:
        found.append(text)

    draw()
    return found


def test_the_browser_reads_numbers_amounts_and_days_as_the_server_does() -> None:
    asked = [(reading, typed.strip()) for reading, typed in [*EXAMPLES, *HARD, *generated()]]
    script = Path(__file__).with_name("read_typed.mjs")
    done = subprocess.run([str(NODE), str(script)], input=json.dumps(asked), capture_output=True, text=True, check=True)
    wanted = [on_the_server(reading, typed) for reading, typed in asked]
    answers = json.loads(done.stdout)
    differing = [
        (*text, kept, answer) for text, kept, answer in zip(asked, wanted, answers, strict=True) if kept != answer
    ]
    assert not differing
    assert sum(kept is not None for kept in wanted) > TEXTS / 10

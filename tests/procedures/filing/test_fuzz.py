"""Whatever is posted, to any step of a procedure that asks everything: an answer in words, never a crash.

``PARVIS_FUZZ=20000 .venv/bin/pytest tests/procedures/filing/test_fuzz.py`` sends that many posts.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from procedures.filing.journey import SUMMARY
from procedures.filing.keys import COOKIE, token
from procedures.filing.models import Draft
from procedures.plugins import Question
from tests.factories.everything import make_everything

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

POSTS = int(os.environ.get("PARVIS_FUZZ", "400"))
ANSWERED = {200, 302, 303, 400, 403, 409, 410, 413, 422, 429}
PARTS = ["", "_0", "_1", "_day", "_town", "_given", "_country", "_from", "_x", "_" + "y" * 30, ".1", "[]"]
BUTTONS = [
    "back",
    "later",
    "autosave",
    "website",
    "draft",
    "declaration",
    "remove-1",
    "remove-x",
    "overwrite",
    "revision",
]
FILE_NAMES = ["a.pdf", "..pdf", "é.jpg", "x" * 300 + ".png", "sans-extension", "\u202egpj.exe", "a;b.odt"]
ROWS = ("1", "zz", "9" * 20)
NONSENSE = st.text(max_size=40) | st.sampled_from(
    [
        "", " ", "\0", "a\0b", "0", "-1", "1e400", "NaN", "٣٤٥", "12,50", "1.234,5", "yes", "no", "on", "31/02/2026",
        "14/07/1990", "0001-01-01", "9999-99-99", "{}", "[]", "null", "<script>", "../../etc/passwd", "%00", "{{7*7}}",
        "😀" * 50, "x" * 5_000, "\u202e", "'; DROP TABLE x; --", "FR14 2004 1010 0505 0001 3M02 606", "W751234567",
    ]
)  # fmt: skip


def likely(questions: list[Question]) -> st.SearchStrategy[str]:
    """What the questions' own examples type."""
    examples = [typed for question in questions for typed, _kept in question.field_type.examples]
    texts = [typed for typed in examples if isinstance(typed, str)]
    texts += [part for typed in examples if isinstance(typed, (list, tuple)) for part in typed if isinstance(part, str)]
    texts += [str(choice.id) for question in questions for choice in question.choices]
    return st.sampled_from(sorted(set(texts)) or [""])


def bodies(questions: list[Question]) -> st.SearchStrategy[dict[str, Any]]:
    """A post: fields of the form, whole and in part, buttons, strangers; files where none is asked."""
    groups = [question for question in questions if question.questions]
    ids = [question.id for question in questions]
    ids += [f"{group.id}.{row}.{child.id}" for group in groups for child in group.questions for row in ROWS]
    ids += [f"{button}{group.id}" for group in groups for button in ("add-", "drop-")]
    parts = st.builds(str.__add__, st.sampled_from(ids), st.sampled_from(PARTS))
    names = parts | st.sampled_from(ids + BUTTONS) | NONSENSE
    values = st.lists(likely(questions) | NONSENSE, min_size=1, max_size=3)
    files = st.builds(SimpleUploadedFile, st.sampled_from(FILE_NAMES), st.binary(max_size=200))
    return st.dictionaries(names, values | files, max_size=12)


class Fuzzer:
    """A browser gone mad: it keeps, drops or forges its draft, and posts whatever it is given."""

    def __init__(self) -> None:
        self.procedure = make_everything()
        self.steps = self.procedure.current.in_language("fr").steps
        self.client = Client(headers={"Sec-Fetch-Site": "same-origin"})
        self.sent = 0

    def url(self, key: str) -> str:
        return f"/remplir/{self.procedure.slug}/{key}/"

    def post(self, key: str, body: dict[str, Any], draft: str) -> None:
        """Send one post; fails for an answer that no resident should get."""
        if draft == "none":
            self.client.cookies.clear()
        elif draft == "forged":
            self.client.cookies[f"draft-{self.procedure.pk}"] = "forged~cookie"
        answer = self.client.post(self.url(key), {name.replace("\0", "") or "x": value for name, value in body.items()})
        self.sent += 1
        assert answer.status_code in ANSWERED, (answer.status_code, key, body)

    def run(self, key: str, questions: list[Question], posts: int) -> None:
        """Send that many posts to one step, the same at each run."""

        @settings(
            max_examples=posts,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(bodies(questions), st.sampled_from(["kept", "kept", "none", "forged"]))
        def one(body: dict[str, Any], draft: str) -> None:
            self.post(key, body, draft)

        one()


def test_no_post_is_answered_by_a_crash():
    fuzzer = Fuzzer()
    targets = [*((step.key, list(step.questions)) for step in fuzzer.steps), (SUMMARY, list(fuzzer.steps[0].questions))]
    for key, questions in targets:
        fuzzer.run(key, questions, POSTS // len(targets) + 1)
    assert fuzzer.sent >= POSTS * 0.9  # Hypothesis stops early where it has nothing new to say
    for draft in Draft.objects.order_by("-saved_at")[:50]:  # what was kept can be shown again
        fuzzer.client.cookies[f"draft-{fuzzer.procedure.pk}"] = token(draft.key, COOKIE)
        for step in fuzzer.steps:
            assert fuzzer.client.get(fuzzer.url(step.key)).status_code in {200, 302}

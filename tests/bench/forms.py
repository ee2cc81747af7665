"""Make the forms that are measured: ten questions, two hundred, and one of three steps.

``python -m tests.bench.forms`` prints, as JSON, where they are and what to post.
"""

from __future__ import annotations

import json
import os
import time
from typing import Any
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
django.setup()

from directory.models import Department
from procedures.definition.models import Procedure, ProcedurePage
from procedures.filing.journey import Journey
from procedures.plugins import Kept
from tests.factories.procedures import Raw, condition, make_page, question, section, step

STEPS, QUESTIONS, CONDITIONS = 12, 200, 60
KINDS = ("short_text", "yes_no", "one_choice", "date", "long_text", "phone", "several_choices", "email")
TYPED: dict[str, str] = {
    "short_text": "Rue des Lilas",
    "yes_no": "yes",
    "date": "14/07/1990",
    "long_text": "Depuis mardi, devant le numéro 12.",
    "phone": "06 12 34 56 78",
    "email": "lea.martin@exemple.fr",
}
CHOICES = ["Une copie", "Deux copies", "Trois copies"]


def asked(form: str, place: int, shown_if: tuple[str, str, str] | None = None) -> Raw:
    """A question of the next kind; a condition on an earlier yes-or-no question that is answered by yes."""
    kind = KINDS[place % len(KINDS)]
    more: dict[str, Any] = {"choices": CHOICES} if "choice" in kind else {}
    if shown_if:
        more["condition"] = condition(shown_if)
    return question(kind, f"Question {place + 1} ?", id=f"{form} {place}", **more)


def ten() -> list[Raw]:
    """One step of ten questions."""
    return [step("Dix questions", *(asked("ten", place) for place in range(10)))]


def two_hundred() -> list[Raw]:
    """Twelve steps, two hundred questions, sixty conditions; everything is shown to whoever answers yes."""
    left, made = CONDITIONS, []
    places = iter(range(QUESTIONS))
    for number in range(STEPS):
        count = QUESTIONS // STEPS + (number < QUESTIONS % STEPS)
        blocks = []
        for position in range(count):
            place = next(places)
            depends = left > 0 and position >= count - CONDITIONS // STEPS
            left -= depends
            # The first yes-or-no question of the step, or of the step before.
            earlier = next((p for p in range(place - 1, -1, -1) if KINDS[p % len(KINDS)] == "yes_no"), None)
            rule = ("large " + str(earlier), "is", "yes") if depends and earlier is not None else None
            blocks.append(asked("large", place, rule))
        cut = count // 2
        made.append(step(f"Étape {number + 1}", *blocks[:cut], section(f"Partie {number + 1}", *blocks[cut:])))
    return made


def three_steps() -> list[Raw]:
    """What most procedures are: who, what, where."""
    return [
        step(
            "Vous",
            question("short_text", "Nom", id="three nom", purpose="family-name"),
            question("email", "Adresse électronique", id="three email"),
        ),
        step("Votre demande", *(asked("three what", place) for place in range(3))),
        step("Détails", *(asked("three where", place) for place in range(3, 6))),
    ]


def answer(kind: str, choice_ids: list[str]) -> str:
    """What a resident types in a question of this kind."""
    return choice_ids[0] if choice_ids else TYPED[kind]


def posts(procedure: Procedure) -> list[tuple[str, str, dict[str, Kept]]]:
    """The steps of a procedure with the body of the post that answers each, and what it settles."""
    definition, answers = procedure.current.in_language("fr"), {}
    made = []
    for place in definition.steps:
        typed = {}
        for _depth in range(len(place.questions)):
            shown = Journey(definition, answers).questions(place)
            for one in shown:
                typed[one.id] = answer(one.type, [choice.id for choice in one.choices])
                sent = [typed[one.id]] if one.type == "several_choices" else typed[one.id]
                answers[one.id] = one.field_type.keep(one.field_type.form_field(one).clean(sent))
        made.append((f"/remplir/{procedure.slug}/{place.key}/", urlencode(typed), dict(answers)))
    return made


def publish(slug: str, steps: list[Raw]) -> tuple[Procedure, float]:
    """Make a procedure; return the seconds that its second publication took."""
    department = Department.objects.source().first()
    page = make_page(*steps, department=department, title=slug.replace("-", " "), slug=slug, silence_effect="none")
    page.announced_delay_days = 20  # something changed: a new version is made
    revision = page.save_revision()
    started = time.perf_counter()
    revision.publish()
    seconds = time.perf_counter() - started
    procedure = Procedure.objects.select_related("current").get(
        key=ProcedurePage.objects.get(pk=page.pk).translation_key
    )
    return procedure, seconds


def main() -> None:
    """Make the forms, print where they are and what to post."""
    found: dict[str, Any] = {}
    for name, steps in (("ten", ten()), ("large", two_hundred()), ("three", three_steps())):
        procedure, seconds = publish(f"banc-{name}", steps)
        bodies = [{"path": path, "body": body} for path, body, _answers in posts(procedure)]
        found[name] = {"steps": bodies, "publish_seconds": seconds, "page": procedure.page_id}
    print(json.dumps(found))


if __name__ == "__main__":
    main()

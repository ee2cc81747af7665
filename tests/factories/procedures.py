"""Procedures for tests, written as blocks and published through the service.

procedure = make_procedure(step("Vous", question("short_text", "Nom", id="nom")))
version = procedure.current
"""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

import factory
import wagtail_factories
from wagtail.models import Locale

from cms.pages.models import HomePage
from directory.models import Department
from procedures.definition.models import Procedure, ProcedureIndexPage, ProcedurePage
from tests.factories.pages import build_city

Raw = dict[str, Any]


def block_id(name: str) -> str:
    """The UUID that stands for a short name in a test, always the same."""
    return str(uuid5(NAMESPACE_URL, name))


def condition(*rules: tuple[str, str, str] | tuple[str, str], match: str = "all") -> Raw:
    """Rules as (short name of a question, operator, typed value); a value may be ``id:name`` of a choice."""
    return {
        "match": match,
        "rules": [
            {
                "type": "item",
                "id": str(uuid4()),
                "value": {"question": block_id(name), "operator": operator, "value": _compared(*value)},
            }
            for name, operator, *value in rules
        ],
    }


def _compared(value: str = "") -> str:
    return block_id(value[3:]) if value.startswith("id:") else value


def question(type: str, label: str, *, id: str | None = None, choices: list[str] | None = None, **fields: Any) -> Raw:
    """A question block; ``id`` is a short name, choices get the id of ``<their words>``."""
    value = {"label": label, "help_text": "", "required": True, "condition": condition(), **fields}
    if choices is not None:
        value["choices"] = [{"type": "item", "id": block_id(words), "value": words} for words in choices]
    return {"type": type, "id": block_id(id or label), "value": value}


def step(title: str, *questions: Raw, id: str | None = None, **fields: Any) -> Raw:
    """A step block."""
    value = {"title": title, "introduction": "", "condition": condition(), "questions": list(questions), **fields}
    return {"type": "step", "id": block_id(id or title), "value": value}


def section(title: str, *questions: Raw, **fields: Any) -> Raw:
    """A section block."""
    value = {"title": title, "introduction": "", "condition": condition(), "questions": list(questions), **fields}
    return {"type": "section", "id": block_id(f"section {title}"), "value": value}


def route(*rules: tuple[str, str, str], department: Department | None = None, agent: Any = None, **fields: Any) -> Raw:
    """A route block."""
    value = {"department": department and department.pk, "agent": agent and agent.pk, "announced_delay_days": None}
    return {"type": "route", "id": str(uuid4()), "value": {**value, "condition": condition(*rules), **fields}}


def fee(label: str, amount: str, *rules: tuple[str, str, str], times: str = "") -> Raw:
    """A fee block; ``times`` is the short name of a question."""
    value = {"label": label, "amount": amount, "times": times and block_id(times), "condition": condition(*rules)}
    return {"type": "fee", "id": block_id(f"fee {label}"), "value": value}


def simple_steps() -> list[Raw]:
    """Who asks, then what for, with a condition."""
    return [
        step(
            "Vous",
            question("short_text", "Prénom", id="prenom", purpose="given-name"),
            question("short_text", "Nom", id="nom", purpose="family-name"),
            question("email", "Adresse électronique", id="email"),
            question("phone", "Téléphone", id="phone", required=False),
        ),
        step(
            "Votre demande",
            question("one_choice", "Quel document ?", id="document", choices=["Copie intégrale", "Extrait"]),
            question("yes_no", "Est-ce urgent ?", id="urgent"),
            question("long_text", "Pourquoi ?", id="pourquoi", condition=condition(("urgent", "is", "yes"))),
        ),
    ]


class ProcedureIndexPageFactory(wagtail_factories.PageFactory):
    title = "Démarches"
    slug = "demarches"

    class Meta:
        model = ProcedureIndexPage


class ProcedurePageFactory(wagtail_factories.PageFactory):
    """Give ``parent`` and ``department``; not published: see ``make_procedure``."""

    title = factory.Sequence(lambda number: f"Démarche {number}")
    introduction = "Demander un document."
    alternative = "<p>Au guichet de la mairie, ou au 02 00 00 00 00.</p>"
    silence_effect = "acceptance"
    steps = factory.LazyFunction(simple_steps)

    class Meta:
        model = ProcedurePage


def make_department(name: str = "État civil", **fields: Any) -> Department:
    """The source row of a department."""
    locale = Locale.objects.get_or_create(language_code="fr")[0]
    defaults = {"slug": f"service-{uuid4().hex[:8]}", "phone": "02 00 00 00 10", "email": "etat-civil@valmarie.example"}
    return Department.objects.create(name=name, locale=locale, **defaults | fields)


def make_index(home: HomePage | None = None) -> ProcedureIndexPage:
    """The list of procedures, under a home page made if need be."""
    found = ProcedureIndexPage.objects.filter(locale__language_code="fr").first()
    home = home or HomePage.objects.filter(locale__language_code="fr").first() or build_city()
    return found or ProcedureIndexPageFactory(parent=home)


def make_page(*steps: Raw, parent: ProcedureIndexPage | None = None, **fields: Any) -> ProcedurePage:
    """A live page, published: its procedure and version exist."""
    fields.setdefault("department", None)
    fields["department"] = fields["department"] or make_department()
    page = ProcedurePageFactory(
        parent=parent or make_index(), live=False, **({"steps": list(steps)} if steps else {}), **fields
    )
    page.save_revision().publish()
    return ProcedurePage.objects.get(pk=page.pk)


def make_procedure(*steps: Raw, **fields: Any) -> Procedure:
    """A published procedure; its version is ``.current``."""
    return Procedure.objects.get(key=make_page(*steps, **fields).translation_key)

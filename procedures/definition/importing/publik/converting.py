"""A whole form of Publik as a procedure: its fields in order, each as what asks or says the same."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from procedures.definition.importing.publik.asking import ask
from procedures.definition.importing.publik.assembling import (
    ALWAYS_SHOWN,
    CONTENT,
    LONGEST_LABEL,
    Block,
    Steps,
    block_id,
    cut,
)
from procedures.definition.importing.publik.comparing import Asked, InconvertibleError
from procedures.definition.importing.publik.conditions import Converted, convert
from procedures.definition.importing.publik.context import Context, name_of
from procedures.definition.importing.publik.expressions import ExpressionError
from procedures.definition.importing.publik.folding import Scope
from procedures.definition.importing.publik.formdef import Expression, Field, Form, PostCondition
from procedures.definition.importing.publik.grouping import ask_block
from procedures.definition.importing.publik.lists import Choices
from procedures.definition.importing.publik.mentions import mentions
from procedures.definition.importing.publik.prefills import is_worked_out
from procedures.definition.importing.publik.tables import TABLES, ask_table
from procedures.definition.importing.publik.targets import has
from procedures.definition.importing.publik.templates import as_value
from procedures.definition.importing.publik.texts import GAP, plain, rich, worded
from procedures.definition.importing.publik.trees import as_stored, negated, two_levels
from procedures.definition.importing.report import (
    APPROXIMATED,
    CONDITION,
    CONVERTED,
    FIELD,
    LEFT,
    TEXT,
    Outcome,
)
from procedures.definition.marks import to_complete

PAGE, COMPUTED, COMMENT = "page", "computed", "comment"
HEADINGS = ("title", "subtitle")
ABOUT_STARS = re.compile(r"\W*\*\W*(?:=|:)?\s*champs? obligatoires?\W*(?:commentaire)?\W*", re.IGNORECASE)
LONGEST_NAME = 60
"""Of a text, in the editor."""


@dataclass(frozen=True)
class Conversion:
    """The steps as the editor stores them, and what became of everything."""

    steps: list[Block]
    outcomes: list[Outcome]


def convert_form(form: Form, *, blocks: Mapping[str, Form], given: Mapping[str, Choices], language: str) -> Conversion:
    """Convert a form.

    Args:
        blocks: blocks of fields at hand, by their slug.
        given: lists of choices brought along, by the name of their source.
    """
    return _Conversion(form, blocks, given, language).run()


class _Conversion:
    def __init__(self, form: Form, blocks: Mapping[str, Form], given: Mapping[str, Choices], language: str) -> None:
        names = {field.varname for field in form.fields if field.varname and field.type != COMPUTED}
        lists = {name: [{"id": id, "text": text} for id, text in choices] for name, choices in given.items()}
        scope = Scope(form.options, names, lists=lists)
        self.context = Context(form, scope, mentions(form.fields), given, blocks, language)
        self.steps = Steps(form.slug, form.title)
        self.page_condition: Converted | None = None

    def run(self) -> Conversion:
        fields = self.context.form.fields
        for place, field in enumerate(fields):
            if field.type == PAGE:
                self.page(field)
            elif field.type == COMPUTED:
                self.computed(field)
            elif field.type == COMMENT:
                self.content(field, rich(self.worded(field)))
            elif field.type in HEADINGS:
                self.heading(field)
            else:
                self.question(field)
            if place + 1 == len(fields) or fields[place + 1].type == PAGE:
                self.leave_page(fields[: place + 1])
        steps = self.steps.finished()
        if not steps and has(CONTENT):  # a form that only leads elsewhere, or asks what could not be brought in
            self.steps.begin("empty", self.context.form.title, None)
            what = to_complete(_("what residents read or answer here"))
            self.show(Field("empty", COMMENT, what), f"<p>{what}</p>", None)
            steps = self.steps.finished()
        return Conversion(steps, self.context.outcomes)

    def page(self, field: Field) -> None:
        self.page_condition = self.condition(field.condition, field)
        stored = self.page_condition.stored if self.page_condition else None
        self.steps.begin(field.id, plain(self.worded(field)), stored)

    def computed(self, field: Field) -> None:
        """A value that nobody types: worked into the conditions that look at it."""
        template = field.settings.get("value_template", "")
        try:
            self.context.scope.values[field.varname] = as_value(template)
        except ExpressionError:
            self.context.scope.values.pop(field.varname, None)

    def worded(self, field: Field) -> str:
        text, whole = worded(field.label, self.context.scope)
        why = _("the text shows values that are not known beforehand: “%(gap)s” stands for them") % {"gap": GAP}
        self.context.tell(TEXT, name_of(field), CONVERTED if whole else APPROXIMATED, "" if whole else why)
        return text

    def heading(self, field: Field) -> None:
        title = plain(self.worded(field))
        condition = self.condition(field.condition, field)
        if not title:
            return
        if condition is None or condition.stored is None:
            self.steps.head(field.id, title)
        else:
            self.steps.leave_section()
            self.show(field, "", condition.stored, title=cut(title, LONGEST_LABEL))

    def content(self, field: Field, text: str) -> None:
        condition = self.condition(field.condition, field)
        if ABOUT_STARS.fullmatch(plain(text)):
            return  # questions here say themselves which of them are optional
        if plain(text).strip(GAP + " "):
            self.show(field, text, condition.stored if condition else None)

    def show(
        self, field: Field, text: str, stored: dict[str, Any] | None, *, title: str = "", tone: str = "explanation"
    ) -> None:
        """A text between questions; ``title`` is shown above it, else its first words are its name in the editor."""
        if not has(CONTENT):
            self.context.tell(TEXT, name_of(field), LEFT, _("this installation has no texts between questions"))
            return
        value = {
            "label": title or cut(plain(text), LONGEST_NAME) or _("Explanation"),
            "help_text": "",
            "required": False,
            "tone": tone,
            "shows_title": bool(title),
            "text": text,
            "condition": stored or ALWAYS_SHOWN,
        }
        self.steps.add({"type": CONTENT, "id": block_id(self.context.form.slug, tone, field.id), "value": value})

    def question(self, field: Field) -> None:
        condition = self.condition(field.condition, field)
        if is_worked_out(field.prefill, self.context.scope):
            why = _("its answer is worked out from others, and from what is kept outside: write it as a fee")
            self.context.tell(FIELD, name_of(field), LEFT, why)
            return
        if field.type in TABLES and has("group"):
            made = ask_table(field, self.context)
        else:
            made = ask_block(field, self.context) if field.block_slug else ask(field, self.context)
        result = APPROXIMATED if made.differs else CONVERTED
        self.context.tell(FIELD, name_of(field), result, "; ".join(made.differs))
        made.block["value"]["condition"] = (condition.stored if condition else None) or ALWAYS_SHOWN
        self.steps.add(made.block)
        self.context.remember(self.in_place(made.asked, condition))

    def in_place(self, asked: Asked, condition: Converted | None) -> Asked:
        """The question with what its conditions and its page's make of it."""
        both = [each for each in (condition, self.page_condition) if each is not None and each.stored is not None]
        never = any(each.never for each in both)
        return replace(asked, answered=asked.answered and not both, never=never)

    def condition(self, expression: Expression | None, field: Field) -> Converted | None:
        """Convert a condition and tell what became of it; None when there is none, or it was left."""
        if expression is None:
            return None
        name = name_of(field)
        try:
            converted = convert(expression.text, self.context.scope, self.context.questions)
        except InconvertibleError as error:
            why = _("“%(condition)s”: %(why)s. Always shown.") % {"condition": expression.text[:160], "why": error}
            self.context.tell(CONDITION, name, LEFT, why)
            return None
        if converted.missing:
            names = ", ".join(converted.missing)[:120]
            why = _("“%(condition)s”: there is no “%(names)s” here; it counts as empty.")
            told = why % {"condition": expression.text[:160], "names": names}
            self.context.tell(CONDITION, name, APPROXIMATED, told)
        else:
            self.context.tell(CONDITION, name, CONVERTED)
        return converted

    def leave_page(self, fields: tuple[Field, ...]) -> None:
        """What had to hold to leave a page becomes a warning where it does not."""
        for page in [field for field in fields if field.type == PAGE][-1:]:
            for number, post in enumerate(page.post_conditions):
                self.warn(page, number, post)

    def warn(self, page: Field, number: int, post: PostCondition) -> None:
        text = plain(worded(post.message, self.context.scope)[0]) or _("Please check your answers on this page.")
        told = {"condition": post.condition.text[:160]}
        try:
            stored = self.unmet(post.condition)
        except InconvertibleError as error:
            why = _("to leave the page, “%(condition)s” had to hold: %(why)s.")
            self.context.tell(CONDITION, name_of(page), LEFT, why % {**told, "why": error})
            return
        if stored["match"] == "never":  # it always holds
            self.context.tell(CONDITION, name_of(page), CONVERTED)
            return
        why = _("“%(condition)s” had to hold to leave the page; here a warning is shown where it does not.")
        self.context.tell(CONDITION, name_of(page), APPROXIMATED, why % told)
        self.steps.leave_section()
        self.show(replace(page, id=f"{page.id}-{number}"), f"<p>{html.escape(text)}</p>", stored, tone="warning")

    def unmet(self, expression: Expression) -> dict[str, Any]:
        converted = convert(expression.text, self.context.scope, self.context.questions)
        if converted.missing:
            names = ", ".join(converted.missing)
            raise InconvertibleError(_("it looks at “%(names)s”, which is not in the file") % {"names": names[:80]})
        return as_stored(two_levels(negated(converted.tree)))

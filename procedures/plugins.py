"""Every promise a plugin of procedures makes: a class, named in a settings list (examples: docs/plugins.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from django import forms
from wagtail import blocks

from cms.registry import Plugin, Registry

Kept = str | int | float | bool | list[Any] | dict[str, Any] | None  # an answer as stored, a group's: ids of its rows
Counts = Mapping[str, Any]  # requests counted in a period and a scope, by name: docs/figures.md, « What is counted »
Path = tuple[int | str, ...]  # of a block: places in lists and names in structures, from the steps down


def is_empty(kept: Kept) -> bool:  # « no » (False) and 0 are answers
    return kept is None or kept in ("", [], {})


class Rule(NamedTuple):  # one comparison of a condition
    question_id: str
    operator: str
    value: Kept = None


class Condition(NamedTuple):  # when something is shown; any of no rule is never
    match_all: bool
    rules: tuple[Rule | Condition, ...]


class Choice(NamedTuple):  # ``id`` is stored, ``label`` is shown; ``parent`` is the choice it depends on
    id: str
    label: str
    lang: str = "fr"
    parent: str = ""


@dataclass(frozen=True)
class Question:
    id: str  # of its block (UUID): its name in forms and answers; in a row of a group, ``group.row.question``
    type: str
    label: str
    help: str = ""
    required: bool = True
    condition: Condition | None = None
    choices: tuple[Choice, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict, hash=False)
    lang: str = "fr"  # of the label: not the one asked for where it is not translated
    help_lang: str = "fr"
    checks: tuple[tuple[str, Mapping[str, Any]], ...] = ()  # slugs of validators, with their options
    prefill: tuple[str, str, bool] | None = None  # slug of a source, key in it, whether the answer is locked
    questions: tuple[Question, ...] = ()  # of a repeated group
    row: str = ""  # « child 2 », in a repeated group

    @property
    def field_type(self) -> FieldType:  # the plugin that knows this type
        return field_types[self.type]


class Visit(NamedTuple):  # what prefill sources may know; claims are named as HTML ``autocomplete`` names them
    procedure: str  # its slug
    language: str
    account: Mapping[str, str]  # of whoever is signed in; empty for an agent who fills in for somebody
    signed: Mapping[str, str]  # parameters of the address, if the city signed them


class DraftProcedure(NamedTuple):  # what a department is writing
    settings: Mapping[str, Any]  # the page's fields
    parts: Sequence[tuple[Path, Question]]  # with steps and sections, as questions of type step and section
    definition: Any = None  # compiled; None while it cannot be


class Parcel(NamedTuple):  # what leaves the outbox, once or, after a crash, twice
    key: str  # the same at every attempt, so that whoever receives it knows it again
    recipient: str  # an e-mail address; "" for a request that a delivery wanted
    language: str  # of the resident
    content: Mapping[str, Any]  # ``kind``: "filed" for a whole request (procedures/inbox/contents.py), else a letter


class Figure(NamedTuple):  # ``value`` in ``unit``, None where nothing was measured; ``sample`` requests were counted
    value: float | None
    unit: Any
    sample: int


class WithOptions(Plugin):
    def option_blocks(self) -> dict[str, blocks.Block]:
        return {}  # what editors may set; ``choices`` of a question: a ListBlock, its items' ids are what is kept


class FieldType(WithOptions):  # its ``slug`` is stored with every question and answer: never rename, never reuse
    icon: ClassVar[str] = "help"  # of Wagtail
    palette: ClassVar[str] = "text"  # identity, choices, numbers, dates, text, documents, place, structure
    doc: ClassVar[Any]  # one sentence for editors: when to choose this type
    examples: ClassVar[Sequence[tuple[Any, Kept]]]  # as typed, as kept, for the question ``sample`` makes
    operators: ClassVar[Sequence[str]] = ("is", "is_not", "is_answered", "is_empty")  # that make sense
    takes_files: ClassVar[bool] = False  # it is answered with uploads: their names are kept
    asks: ClassVar[bool] = True  # False: it shows or computes, nobody types anything
    nests: ClassVar[bool] = False  # it repeats questions of its own
    sensitive: ClassVar[bool] = False  # purged as soon as the request is decided
    reading: ClassVar[str] = ""  # how conditions.js reads its field: text, choice, list, boolean, number, cents, date
    tokens: ClassVar[Sequence[str]] = ()  # claims it can be prefilled with
    template: ClassVar[str] = ""  # of what it shows where it asks nothing: given ``question`` and ``shown``
    words: ClassVar[Sequence[str]] = ()  # options that are texts: translated with the label
    references: ClassVar[Sequence[str]] = ()  # options that are lists of ids of questions asked before

    def sample(self) -> Question:  # a question of this type, for tests and documentation
        return Question(id=f"sample-{self.slug}", type=self.slug, label=str(self.label))

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:  # the options as JSON, for ``Question``
        return {name: value[name] for name in self.option_blocks() if name not in ("choices", *self.words)}

    def option_errors(self, value: Mapping[str, Any]) -> dict[str, str]:  # what is wrong, by option
        return {}

    def form_field(self, question: Question) -> forms.Field:  # its widget carries ``autocomplete``…
        raise NotImplementedError

    def keep(self, cleaned: Any) -> Kept:  # from what the form field cleaned to what is stored
        return cleaned or None

    def restore(self, kept: Kept) -> Any:  # from what is stored to an initial value of the form field
        return kept

    def display(self, kept: Kept, question: Question) -> str:  # in words, in the active language
        return "" if is_empty(kept) else str(kept)

    def export(self, kept: Kept, question: Question) -> dict[str, Any]:  # values under suffixes of a column's name
        return {"": self.display(kept, question)}

    def searchable(self, kept: Kept) -> str:  # the words agents may search for
        return ""

    def claims(self, kept: Kept, question: Question) -> Mapping[str, str]:
        return {}  # what it says of the requester, under ``autocomplete`` tokens: ``email``, ``given-name``…

    def compared(self, typed: str, question: Question) -> Kept:  # what an editor typed in a condition
        return self.keep(self.form_field(question).clean(typed))

    def compute(self, question: Question, answers: Mapping[str, Kept]) -> Kept:  # asks nothing? from those before it
        return None


class Operator(Plugin):  # a comparison; only those that ship have a twin in the browser (static/js/conditions.js)
    needs_value: ClassVar[bool] = True  # False: « is answered » compares with nothing

    def holds(self, kept: Kept, value: Kept) -> bool:  # ``kept`` is None for what is hidden or empty
        raise NotImplementedError


class Validator(WithOptions):  # one more demand on an answer that its type has accepted
    applies_to: ClassVar[Sequence[str]]  # slugs of types of question
    examples: ClassVar[Sequence[tuple[Kept, Mapping[str, Any], bool]]]  # kept, options, whether it passes

    def check(self, kept: Kept, options: Mapping[str, Any]) -> None:  # raises ValidationError: what to do about it
        raise NotImplementedError


class PrefillSource(Plugin):  # answers known beforehand: the resident may change them, unless they are locked
    def value(self, key: str, visit: Visit) -> tuple[str, Any] | None:  # as typed, and where from in words; never waits
        raise NotImplementedError


class ProcedureCheck(Plugin):  # tells before publishing where something is wrong, and what
    blocking: ClassVar[bool] = False  # True: it stops the publication; False: it advises

    def find(self, draft: DraftProcedure) -> Iterable[tuple[Path, str]]:
        raise NotImplementedError


class Importer(Plugin):  # of procedures from another system; ``beside``: files brought along, by name
    def read(self, data: bytes, beside: Mapping[str, bytes]) -> Mapping[str, Any] | None:
        raise NotImplementedError  # our own JSON (docs/format.md) with what became of it; None: not of this kind


class Delivery(Plugin):  # a way out of the outbox: e-mail, another system…
    def wants(self, procedure: str) -> bool:  # asked while a request is filed: answer at once, never raise
        return False  # True: each request of the procedure of that slug is handed to it, beside the receipt

    def deliver(self, parcel: Parcel) -> None:  # an exception: try again later; may come twice with one ``key``
        raise NotImplementedError


class Statistic(Plugin):  # ``label`` follows the number; counts of the same names add up over days and scopes
    definition: ClassVar[Any]  # what is counted, in a sentence or two; shown wherever the figure is
    better: ClassVar[str] = ""  # "more" or "less" is an improvement; "": neither
    is_public: ClassVar[bool] = False  # True: on the home page too
    is_now: ClassVar[bool] = False  # True: of this moment, whatever the period

    def figure(self, counts: Counts) -> Figure:  # of fewer than five requests nothing is shown
        raise NotImplementedError


field_types, operators = Registry(FieldType, "FIELD_TYPES"), Registry(Operator, "OPERATORS")
validators, prefill_sources = Registry(Validator, "VALIDATORS"), Registry(PrefillSource, "PREFILL_SOURCES")
procedure_checks, importers = Registry(ProcedureCheck, "PROCEDURE_CHECKS"), Registry(Importer, "IMPORTERS")
deliveries, statistics = Registry(Delivery, "DELIVERIES"), Registry(Statistic, "STATISTICS")

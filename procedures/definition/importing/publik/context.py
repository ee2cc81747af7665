"""What is known of the whole form while its fields are read one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from procedures.definition.importing.publik.assembling import cut
from procedures.definition.importing.publik.comparing import Asked
from procedures.definition.importing.publik.folding import Scope
from procedures.definition.importing.publik.formdef import Field, Form
from procedures.definition.importing.publik.lists import Choices
from procedures.definition.importing.publik.mentions import Mentioned
from procedures.definition.importing.publik.texts import plain
from procedures.definition.importing.report import Outcome


@dataclass
class Context:
    """The form, what came along with it, the questions asked so far, and what became of everything."""

    form: Form
    scope: Scope
    mentioned: Mapping[str, Mentioned]
    given: Mapping[str, Choices]
    """Lists brought along, by the name of their source."""
    blocks: Mapping[str, Form]
    """Blocks of fields, by their slug."""
    language: str
    questions: dict[str, list[Asked]] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)

    def tell(self, kind: str, name: str, result: str, why: str = "") -> None:
        """Note what became of something."""
        self.outcomes.append(Outcome(kind, name, result, why))

    def remember(self, asked: Asked) -> None:
        """Let later conditions look at the question."""
        if asked.varname:
            self.questions.setdefault(asked.varname, []).append(asked)


def name_of(source: Field) -> str:
    """What people call the field."""
    return cut(plain(source.label), 120) or source.varname or source.id

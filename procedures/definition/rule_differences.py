"""What changed in a procedure besides its questions: title, promises, texts, routes, fees."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from procedures.definition.compiled import (
    ACCEPTANCE,
    DAYS,
    MONTHS,
    NO_EFFECT,
    REFUSAL,
    WEEKS,
    WORKING_DAYS,
    Definition,
    Fee,
    Rules,
)
from procedures.definition.outcomes import in_euros
from procedures.definition.said import ADDED, CHANGED, REMOVED, Difference
from procedures.definition.wording import condition_in_words

SILENCE = {
    ACCEPTANCE: gettext_lazy("Silence means acceptance"),
    REFUSAL: gettext_lazy("Silence means refusal"),
    NO_EFFECT: gettext_lazy("Silence has no legal effect"),
}
TEXTS = {
    "declaration": (gettext_lazy("What one declares before sending has changed."), True),
    "purpose": (gettext_lazy("What the personal data is for has changed."), True),
    "alternative": (gettext_lazy("The way without internet has changed."), True),
    "confirmation": (gettext_lazy("What is said after sending has changed."), False),
    "remedies": (gettext_lazy("The remedies have changed."), False),
}
"""Text of the rules → what is said of it, and whether residents are told."""


def rule_differences(old: Definition, new: Definition) -> Iterator[Difference]:
    """Everything that is no step and no question."""
    if old.title != new.title:
        words = {"old": old.title, "new": new.title}
        yield Difference(CHANGED, "", _("“%(old)s” is now called “%(new)s”.") % words, True)
    yield from _promises(old, new)
    for name, (text, is_for_residents) in TEXTS.items():
        if getattr(old.rules, name) != getattr(new.rules, name):
            yield Difference(CHANGED, "", str(text), is_for_residents)
    if old.rules.department_id != new.rules.department_id:
        yield Difference(CHANGED, "", _("Another department is in charge."), True)
    yield from _routes(old, new)
    yield from _fees(old, new)


def _promises(old: Definition, new: Definition) -> Iterator[Difference]:
    before, after = old.rules, new.rules
    if before.silence_effect != after.silence_effect:
        words = {"new": str(SILENCE[after.silence_effect]), "old": str(SILENCE[before.silence_effect])}
        yield Difference(CHANGED, "", _("%(new)s. Before: %(old)s.") % words, True)
    if (before.delay, before.delay_unit) != (after.delay, after.delay_unit):
        words = {"new": _period(after.delay, after.delay_unit), "old": _period(before.delay, before.delay_unit)}
        yield Difference(CHANGED, "", _("The legal delay is %(new)s instead of %(old)s.") % words, True)
    if _announced(before) != _announced(after):
        words = {"new": _period(*_announced(after)), "old": _period(*_announced(before))}
        yield Difference(CHANGED, "", _("The town means to answer in %(new)s instead of %(old)s.") % words, True)
    if before.retention_months != after.retention_months:
        words = {"new": _period(after.retention_months, MONTHS), "old": _period(before.retention_months, MONTHS)}
        text = _("The request is kept %(new)s after the answer instead of %(old)s.")
        yield Difference(CHANGED, "", text % words, True)
    yield from _documents(before, after)


def _documents(before: Rules, after: Rules) -> Iterator[Difference]:
    """How long documents are kept, where that does not follow from how long the rest is."""
    old, new = before.kept_files_months, after.kept_files_months
    if old != new and (before.retention_months == after.retention_months or new < after.retention_months):
        words = {"new": _period(new, MONTHS), "old": _period(old, MONTHS)}
        text = _("Documents are kept %(new)s after the answer instead of %(old)s.")
        yield Difference(CHANGED, "", text % words, True)


def _announced(rules: Rules) -> tuple[int, str]:
    return rules.announced_delay_days, rules.announced_delay_unit


def _period(number: int, unit: str) -> str:
    if unit == DAYS:
        return ngettext("%(number)s day", "%(number)s days", number) % {"number": str(number)}
    if unit == WORKING_DAYS:
        return ngettext("%(number)s working day", "%(number)s working days", number) % {"number": str(number)}
    if unit == WEEKS:
        return ngettext("%(number)s week", "%(number)s weeks", number) % {"number": str(number)}
    return ngettext("%(number)s month", "%(number)s months", number) % {"number": str(number)}


def _routes(old: Definition, new: Definition) -> Iterator[Difference]:
    if old.routes != new.routes:
        conditions = [condition_in_words(route.condition, new.question_by_id) or _("always") for route in new.routes]
        words = {"conditions": "; ".join(conditions) or _("none")}
        yield Difference(CHANGED, "", _("Where requests are sent has changed. The cases now: %(conditions)s.") % words)


def _fees(old: Definition, new: Definition) -> Iterator[Difference]:
    for fee in new.fees:
        if fee not in old.fees:
            words = {"fee": _fee(fee, new)}
            yield Difference(ADDED, "", _("To pay now: %(fee)s.") % words, True)
    for fee in old.fees:
        if fee not in new.fees:
            yield Difference(REMOVED, "", _("No longer to pay: %(fee)s.") % {"fee": _fee(fee, old)}, True)


def _fee(fee: Fee, definition: Definition) -> str:
    words = {
        "label": fee.label,
        "amount": in_euros(fee.amount_cents),
        "times": "",
    }
    if fee.times:
        question = definition.question_by_id.get(fee.times)
        words["times"] = _(" times “%(label)s”") % {"label": question.label if question else fee.times}
    if fee.condition is not None:
        words["times"] += ", " + condition_in_words(fee.condition, definition.question_by_id)
    return f"{words['label']} ({words['amount']}{words['times']})"

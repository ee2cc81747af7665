"""Answers that the source fills in beforehand, by the sources of ours that do the same."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from procedures.definition.importing.publik.expressions import ExpressionError, Literal
from procedures.definition.importing.publik.folding import Scope, fold
from procedures.definition.importing.publik.formdef import Prefilled
from procedures.definition.importing.publik.targets import USER_PURPOSES
from procedures.definition.importing.publik.templates import as_value, is_constant
from procedures.definition.importing.report import CONVERTED, LEFT
from procedures.plugins import FieldType, prefill_sources

ACCOUNT, FIXED = "account", "fixed"
Result = tuple[dict[str, Any] | None, str, str]
"""As the editor stores it, what became of it, and why."""


def prefill_of(prefill: Prefilled, kind: FieldType, scope: Scope) -> Result:
    """Convert one."""
    if prefill.kind == "user":
        return _of_account(prefill, kind)
    if prefill.kind == "geolocation":
        return None, LEFT, _("it took the address of the place where the resident stands")
    if prefill.kind not in ("string", "formula"):
        return None, LEFT, _("answers that come from “%(source)s” are not known here") % {"source": prefill.kind[:40]}
    return _of_text(prefill, kind, scope)


def is_worked_out(prefill: Prefilled | None, scope: Scope) -> bool:
    """Whether nobody types the answer: it is locked, and worked out from others."""
    if prefill is None or not prefill.locked or prefill.kind != "string" or is_constant(prefill.value):
        return False
    try:
        return not isinstance(fold(as_value(prefill.value), scope), Literal)
    except ExpressionError:
        return True


def _of_account(prefill: Prefilled, kind: FieldType) -> Result:
    token = USER_PURPOSES.get(prefill.value, "")
    if not token:
        return None, LEFT, _("accounts here do not know “%(what)s”") % {"what": prefill.value.strip("_")[:40]}
    if ACCOUNT not in prefill_sources or token not in kind.tokens:
        return None, LEFT, _("this type of question cannot be filled in from the account")
    return {"source": ACCOUNT, "key": token, "locked": prefill.locked}, CONVERTED, ""


def _of_text(prefill: Prefilled, kind: FieldType, scope: Scope) -> Result:
    scope.missing.clear()
    try:
        node = fold(as_value(prefill.value), scope)
    except ExpressionError as error:
        return None, LEFT, _("the value is not understood: %(why)s") % {"why": error}
    if not isinstance(node, Literal):
        return None, LEFT, _("the value is worked out from other answers")
    if node.missing or scope.missing:
        names = ", ".join(sorted(node.missing | scope.missing))
        return None, LEFT, _("the value depends on “%(names)s”, which is not in the file") % {"names": names[:80]}
    text = "" if node.value is None else str(node.value).strip()
    if not text or text == "None":
        return None, CONVERTED, ""
    if FIXED not in prefill_sources or not kind.tokens:
        return (
            None,
            LEFT,
            _("this type of question cannot begin with a fixed answer (“%(text)s”)") % {"text": text[:40]},
        )
    return {"source": FIXED, "key": text, "locked": prefill.locked}, CONVERTED, ""

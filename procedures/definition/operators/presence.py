"""The question has, or has not, an answer."""

from django.utils.translation import gettext_lazy as _

from procedures.plugins import Kept, Operator, is_empty


class IsAnswered(Operator):
    """Whatever the answer."""

    slug = "is_answered"
    label = _("has an answer")
    needs_value = False

    def holds(self, kept: Kept, value: Kept) -> bool:
        """True for any answer, « no » included."""
        return not is_empty(kept)


class IsEmpty(Operator):
    """Left empty, or not asked."""

    slug = "is_empty"
    label = _("has no answer")
    needs_value = False

    def holds(self, kept: Kept, value: Kept) -> bool:
        """True without an answer."""
        return is_empty(kept)

"""The state of an entry in a template."""

from __future__ import annotations

from django import template

from directory.cards import Card

register = template.Library()


@register.inclusion_tag("components/state.html")
def opening_state(card: Card) -> dict[str, str]:
    """Whether a department or a place is open now."""
    return card.state_shown()

"""Where a request goes and what it costs, by its answers: rules that look at every question outside groups."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructValue

from cms.accounts.models import User
from directory.blocks import DepartmentIdBlock
from directory.models import DepartmentMember
from procedures.definition.blocks.conditions import MATCHES, NEVER, ConditionBlock
from procedures.definition.blocks.identity import IdentifiedStreamBlock
from procedures.fields.references import Reference

ANSWERING = (DepartmentMember.Role.AGENT, DepartmentMember.Role.HEAD)


class AgentIdBlock(DepartmentIdBlock):
    """A choice among the agents of all departments that gives the user's id."""

    @cached_property
    def field(self) -> forms.ModelChoiceField:
        """Whoever answers requests somewhere."""
        members = DepartmentMember.objects.filter(role__in=ANSWERING)
        agents = User.objects.filter(is_active=True, pk__in=members.values("user"))
        return forms.ModelChoiceField(queryset=agents.order_by("last_name", "email"), **self.field_options)

    def extract_references(self, value: Any) -> Iterator[tuple[type[Any], str, str, str]]:
        """Tell Wagtail which account is used here."""
        if value:
            yield User, str(self.get_prep_value(value)), "", ""


class AppliesBlock(ConditionBlock):
    """The same conditions, in other words: nothing is shown or hidden here."""

    match = blocks.ChoiceBlock(choices=[*MATCHES, NEVER], default="all", label=_("Applies if"))

    class Meta:
        label = _("If")
        label_format = _("when this applies")
        collapsed = False


class RouteBlock(blocks.StructBlock):
    """Who deals with the request if the condition holds."""

    condition = AppliesBlock(required=False)
    department = DepartmentIdBlock(
        required=False, label=_("Department"), help_text=_("Left empty: the department in charge of the procedure.")
    )
    agent = AgentIdBlock(
        required=False, label=_("Agent"), help_text=_("Left empty: nobody yet. Must answer for that department.")
    )
    announced_delay_days = blocks.IntegerBlock(
        required=False,
        min_value=1,
        max_value=365,
        label=_("Promised answer, in days"),
        help_text=_("Left empty: that of the procedure."),
    )

    class Meta:
        icon = "redirect"
        label = _("Route")

    def get_translatable_segments(self, value: StructValue) -> list[Any]:
        """The same way in every language."""
        return []


class RoutesBlock(IdentifiedStreamBlock):
    """Routes in order: the first whose condition holds wins."""

    route = RouteBlock()


class FeeBlock(blocks.StructBlock):
    """An amount that is due if the condition holds."""

    label = blocks.CharBlock(max_length=120, label=_("What for"))
    amount = blocks.DecimalBlock(
        min_value=Decimal("0.01"), max_value=Decimal(100_000), max_digits=8, decimal_places=2, label=_("Euros")
    )
    times = Reference(
        "times",
        required=False,
        label=_("Times the answer to"),
        help_text=_("A number, the rows of a group or the choices made. Left empty: once."),
    )
    condition = AppliesBlock(required=False)

    class Meta:
        icon = "tag"
        label = _("Amount")
        label_format = "{label}"


class FeesBlock(IdentifiedStreamBlock):
    """Amounts add up."""

    fee = FeeBlock()

"""Whose the mediator's screens are, and what the mediator can do on the page of a complaint."""

from __future__ import annotations

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from directory.models import DepartmentMember
from procedures.inbox.complaints import is_mediated, mediator_desks, subject_of
from procedures.inbox.desk.actions.entry import DeskAction
from procedures.inbox.desk.forms import ActionForm, words
from procedures.inbox.models import ServiceRequest
from procedures.inbox.querysets import ANSWERING_ROLES
from procedures.inbox.transitions import Action
from procedures.mediation import services
from procedures.mediation.models import Outcome


def is_mediator(user: User | AnonymousUser) -> bool:
    """Whether ``user`` answers for a desk of the mediator; administrators do for all.

    Every screen's menu asks: one query at most, none in a town without a mediator.
    """
    desks = mediator_desks()
    if not desks or not user.is_active or user.has_perm("directory.change_departmentmember"):
        return bool(desks) and user.is_active
    members = DepartmentMember.objects.filter(department__in=desks, role__in=ANSWERING_ROLES)
    return user.is_authenticated and members.filter(user=user).exists()


def is_tied(request: ServiceRequest) -> bool:
    """Whether a department is known to which one could recommend something."""
    return is_mediated(request) and subject_of(request) is not None


class RecommendForm(ActionForm):
    """Write to the department."""

    text = words(
        _("Recommendation"),
        help_text=_("The department reads it as a note on its request; the resident does not see it on the site."),
    )


class ProposeForm(ActionForm):
    """Write to both sides."""

    text = words(_("Proposal"), help_text=_("The resident and the department read it."))


class EndForm(ActionForm):
    """How it ended, and the words for the resident."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=[("", "—"), *Outcome.choices])
    text = words(
        _("Conclusion, for the resident"),
        help_text=_("That the time limit of an appeal starts anew today is added by itself."),
    )


ACTIONS = (
    DeskAction(
        "recommend",
        Action.WRITE,
        _("Recommend to the department"),
        RecommendForm,
        services.recommend,
        _("The department has your recommendation."),
        tells_resident=False,
        is_offered=is_tied,
    ),
    DeskAction(
        "propose",
        Action.WRITE,
        _("Propose a way out to both sides"),
        ProposeForm,
        services.propose,
        _("Your proposal is on its way."),
        is_offered=is_mediated,
    ),
    DeskAction(
        "end-mediation",
        Action.CLOSE,
        _("End the mediation"),
        EndForm,
        services.end_mediation,
        _("The mediation is over; the resident is told."),
        is_offered=is_mediated,
    ),
)

"""What can be done to many requests at once: the services of the page of a request, with forms about many."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from directory.models import Department, DepartmentMember
from procedures.inbox.desk import names
from procedures.inbox.desk.forms import words
from procedures.inbox.models import ReplyTemplate, ServiceRequest, Team
from procedures.inbox.querysets import ANSWERING_ROLES
from procedures.inbox.replies import fill
from procedures.inbox.reply_fields import FIELDS, what_is_wrong_with
from procedures.inbox.services import conversation, decision, handling
from procedures.inbox.services.bulk import Act


class BulkForm(forms.Form):
    """What an action needs to know; the departments are those that have the requests."""

    def __init__(self, data: Any = None, *, departments: Iterable[int], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.departments = frozenset(departments)


class WordsForm(BulkForm):
    """Words that each resident reads, from a reply template if one likes, with their fields filled in for each."""

    words_name: ClassVar[str] = "reason"

    def __init__(self, data: Any = None, *, departments: Iterable[int], **kwargs: Any) -> None:
        super().__init__(data, departments=departments, **kwargs)
        ours = Q(department=None) | Q(department_id__in=self.departments)
        self.templates = ReplyTemplate.objects.filter(ours)
        text = self.fields[self.words_name]
        known = ", ".join("{{ %s }}" % name for name in FIELDS)  # noqa: UP031 - braces in braces read worse
        text.help_text = " ".join([str(text.help_text), str(_("Filled in for each resident:")), known]).strip()

    def clean(self) -> dict[str, Any]:
        """Refuse fields that do not exist, before ten thousand people read them."""
        said = super().clean() or {}
        if problem := what_is_wrong_with(said.get(self.words_name) or ""):
            self.add_error(self.words_name, problem)
        return said


class AssignForm(BulkForm):
    """A colleague or a team; requests of departments that they do not work for are refused."""

    to = forms.ChoiceField(label=_("Colleague or team"))

    def __init__(self, data: Any = None, *, departments: Iterable[int], **kwargs: Any) -> None:
        super().__init__(data, departments=departments, **kwargs)
        members = DepartmentMember.objects.filter(department_id__in=self.departments, role__in=ANSWERING_ROLES)
        people = User.objects.filter(pk__in=members.values("user"), is_active=True)
        teams = Team.objects.filter(department_id__in=self.departments)
        self.receivers: dict[str, User | Team] = {
            **{f"agent-{user.pk}": user for user in people.order_by("last_name", "first_name", "email")},
            **{f"team-{team.pk}": team for team in teams},
        }
        groups: dict[str, list[tuple[str, str]]] = {str(_("Colleagues")): [], str(_("Teams")): []}
        for value, receiver in self.receivers.items():
            groups[str(_("Teams") if isinstance(receiver, Team) else _("Colleagues"))].append((value, str(receiver)))
        choices = [(name, options) for name, options in groups.items() if options]
        cast("forms.ChoiceField", self.fields["to"]).choices = [("", "—"), *choices]

    def clean_to(self) -> User | Team:
        """Whom it is."""
        return self.receivers[self.cleaned_data["to"]]


class ForwardForm(BulkForm):
    """The department that can answer."""

    department: forms.ModelChoiceField = forms.ModelChoiceField(Department.objects.none(), label=_("Department"))
    reason = words(_("Reason, for your colleagues"))

    def __init__(self, data: Any = None, *, departments: Iterable[int], **kwargs: Any) -> None:
        super().__init__(data, departments=departments, **kwargs)
        field = cast("forms.ModelChoiceField", self.fields["department"])
        field.queryset = Department.objects.filter(pk__in=names.departments())
        field.choices = [("", "—"), *sorted(names.departments().items(), key=lambda item: item[1].casefold())]


class TransferForm(WordsForm):
    """The body outside the town that can answer, and why."""

    body = forms.CharField(label=_("Body that can answer"), max_length=200)
    reason = words(_("Reason, for the resident"))


class NoteForm(BulkForm):
    """A note for colleagues."""

    text = words(_("Note"), help_text=_("The resident does not see it on the site, but may ask to read the file."))


class MessageForm(WordsForm):
    """A message to each resident."""

    words_name = "text"
    text = words(_("Message"), help_text=_("Sent by e-mail if there is an address, and shown on the tracking page."))


class AcceptForm(WordsForm):
    """What each resident reads."""

    reason = words(_("What happens next"), required=False)


class RefuseForm(WordsForm):
    """What each resident reads."""

    reason = words(_("Reasons"), help_text=_("A refusal must give its reasons (CRPA L211-2)."))


class CloseForm(WordsForm):
    """What each resident reads."""

    reason = words(_("Reason"))


@dataclass(frozen=True)
class BulkAction:
    """An action on many: the form it needs, the service that each request goes through."""

    slug: str
    label: str | Promise
    form: type[BulkForm]
    service: Callable[..., Any]
    tells_resident: bool = True
    is_grave: bool = False
    """It ends the requests: the button says so."""

    def act(self, agent: User, said: dict[str, Any]) -> Act:
        """The service, with the same words for every request, but for the fields in them."""
        name = getattr(self.form, "words_name", "")
        text = said.get(name) or ""
        if "{{" not in text:
            return lambda request: self.service(request, agent=agent, **said)

        def with_fields(request: ServiceRequest) -> Any:
            template = ReplyTemplate(text=text, language=request.language)
            return self.service(request, agent=agent, **said | {name: fill(template, request, agent)})

        return with_fields


BULK_ACTIONS: dict[str, BulkAction] = {
    action.slug: action
    for action in (
        BulkAction("take", _("Take"), BulkForm, handling.take, tells_resident=False),
        BulkAction("assign", _("Assign"), AssignForm, handling.assign, tells_resident=False),
        BulkAction("forward", _("Forward to another department"), ForwardForm, handling.forward),
        BulkAction("message", _("Write to the residents"), MessageForm, conversation.write_to_resident),
        BulkAction("note", _("Internal note"), NoteForm, conversation.write_note, tells_resident=False),
        BulkAction("accept", _("Accept"), AcceptForm, decision.accept, is_grave=True),
        BulkAction("refuse", _("Refuse"), RefuseForm, decision.refuse, is_grave=True),
        BulkAction("close", _("Close without decision"), CloseForm, decision.close, is_grave=True),
        BulkAction("transfer", _("Pass on to another body"), TransferForm, decision.transfer, is_grave=True),
    )
}

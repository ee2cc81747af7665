"""What the law wants on a receipt (CRPA R112-11-1 and R112-5), for pages and e-mails alike.

Date of receipt, department in charge with its phone and address, what silence is worth and
from which day, and the remedies or the right to an attestation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Locale

from cms.pages import site
from directory.models import Department
from procedures.definition.outcomes import ShownFee, shown_fee
from procedures.definition.standard_texts import standard_texts
from procedures.inbox.clock import SilenceEffect
from procedures.inbox.complaints import is_complaint
from procedures.inbox.models import DeskSettings, ServiceRequest
from procedures.inbox.people import Person, people_of
from procedures.inbox.querysets import CITY_ZONE


@dataclass(frozen=True)
class Desk:
    """How to reach a department, in the active language."""

    name: str
    phones: tuple[str, ...]
    email: str
    address_lines: tuple[str, ...]

    @property
    def address(self) -> str:
        """The postal address on one line."""
        return ", ".join(self.address_lines)


@dataclass(frozen=True)
class Receipt:
    """A receipt, in the active language."""

    number: str
    procedure: str
    received_at: datetime
    desk: Desk
    announced_on: date | None
    due_on: date | None
    silence: str
    """What silence is worth, in a sentence; "" where the law attaches no effect to it."""
    remedies: str
    """How to contest, or the right to an attestation; "" where neither applies."""
    confirmation: str
    """What the department adds: rich text, HTML ready to show; may be empty."""
    fee: ShownFee | None = None
    """What is to be paid, in the words of the day of filing."""
    people: tuple[Person, ...] = ()
    """The one it is for, the representative."""
    interruption: str = ""
    """What a complaint does to the time limit of an appeal; "" for any other request."""


def desk_of(department: Department) -> Desk:
    """The department as it is reached now; its name in the active language."""
    ids = site.shared("locale-ids", lambda: dict(Locale.objects.values_list("language_code", "pk")))
    here = department if department.locale_id == ids.get(get_language()) else department.localized
    return Desk(
        name=here.name,
        phones=tuple(department.phones),
        email=department.email,
        address_lines=tuple(department.address_lines),
    )


def signs_alone(request: ServiceRequest) -> bool:
    """Whether the department does not name its agents (CRPA L111-2)."""
    return DeskSettings.objects.filter(department=request.department_id, anonymous_letters=True).exists()


def receipt_of(request: ServiceRequest, *, due_on: date | None, announced_on: date | None) -> Receipt:
    """Write the receipt of ``request`` with these dates, in the active language."""
    definition = request.version.in_language(get_language() or request.language)
    return Receipt(
        number=request.number,
        procedure=definition.title,
        received_at=localtime(request.received_at, CITY_ZONE),
        desk=desk_of(request.department),
        announced_on=announced_on,
        due_on=due_on,
        silence=silence_in_words(request, due_on),
        remedies=remedies_in_words(request),
        confirmation=definition.rules.confirmation,
        fee=fee_of_request(request),
        people=tuple(people_of(request)),
        interruption=interruption_in_words() if is_complaint(request) else "",
    )


def first_receipt_of(request: ServiceRequest) -> Receipt:
    """The receipt as it was on the day of filing, whatever moved the dates since."""
    filed = request.events.get(seq=1).data
    days = {name: date.fromisoformat(filed[name]) if filed.get(name) else None for name in ("due_on", "announced_on")}
    return receipt_of(request, **days)


def fee_of_request(request: ServiceRequest) -> ShownFee | None:
    """What is to be paid, as the resident was told; labels stay in the language of filing."""
    lang = "" if request.language == get_language() else request.language
    return shown_fee((line["label"], line["amount_cents"], lang) for line in request.fee_lines)


def silence_in_words(request: ServiceRequest, due_on: date | None) -> str:
    """What happens if nobody answers; the law wants the reservation said."""
    if due_on is None or request.silence_effect == SilenceEffect.NONE:
        return ""
    day = {"date": date_format(due_on)}
    if request.silence_effect == SilenceEffect.ACCEPTANCE:
        return _("Without an answer on %(date)s, your request is deemed accepted, provided that it is complete.") % day
    return _("Without an answer on %(date)s, your request is deemed refused, provided that it is complete.") % day


def interruption_in_words() -> str:
    """What going to the mediator does to the time limit of an appeal (L1112-24 CGCT, L213-6 CJA)."""
    return _(
        "Your complaint interrupts the time limit for going to the administrative court: it starts anew, in full, on"
        " the day the mediation ends (article L1112-24 of the general code of local authorities, article L213-6 of the"
        " code of administrative justice)."
    )


def remedies_in_words(request: ServiceRequest) -> str:
    """What the resident may do once silence has taken effect."""
    if request.silence_effect == SilenceEffect.ACCEPTANCE:
        return _(
            "You may then ask us for an attestation that it was accepted (article L232-3 of the code on relations"
            " between the public and the administration)."
        )
    return remedies_of_refusal(request) if request.silence_effect == SilenceEffect.REFUSAL else ""


def remedies_of_refusal(request: ServiceRequest) -> str:
    """How a refusal by silence is contested: the procedure's own words, or the general law's (CRPA R112-11-1)."""
    return _own_remedies(request) or _general_remedies()


def remedies_of_decision(request: ServiceRequest) -> str:
    """How a refusal that was written is contested.

    Where the procedure has the standard words alone, the general law's: those speak of silence and of its reasons.
    """
    own = _own_remedies(request)
    return own if own and own != standard_texts()["remedies"] else _general_remedies()


def _own_remedies(request: ServiceRequest) -> str:
    return request.version.in_language(get_language() or request.language).rules.remedies


def _general_remedies() -> str:
    return _(
        "If you disagree, you have two months to ask the mayor to look at it again, or to apply to the administrative"
        " court. The mediator can help you, free of charge."
    )

"""What the page of a request shows of silence, its attestation and letters."""

from __future__ import annotations

from typing import Any

from procedures.inbox.dates import implicit_decision_of
from procedures.inbox.models import Attestation, ServiceRequest
from procedures.inbox.receipt import remedies_of_refusal


def papers_context(filed: ServiceRequest) -> dict[str, Any]:
    """The context of ``pages/tracking/implicit.html`` and ``pages/tracking/papers.html``."""
    decision = implicit_decision_of(filed)
    return {
        "implicit": decision,
        "implicit_remedies": remedies_of_refusal(filed) if decision and not decision.accepts else "",
        "attestation": Attestation.objects.filter(request=filed).first(),
        "letters": list(filed.letters.all()),
    }

"""A mailbox whose letters become requests of one procedure."""

from __future__ import annotations

import pytest

from tests.factories.inbox import make_request
from tests.factories.letters import MAILBOX
from tests.factories.procedures import make_procedure, question, step
from tests.imap import imap_server

__all__ = ["imap_server"]


@pytest.fixture
def procedure(db, settings):
    steps = step(
        "Votre message",
        question("one_choice", "À propos de quoi ?", id="sujet", choices=["Rue", "École"]),
        question("long_text", "Votre message", id="message"),
        question("short_text", "Votre nom", id="nom", purpose="name"),
        question("email", "Courriel", id="courriel"),
    )
    made = make_procedure(steps, title="Écrire à un service", silence_effect="none")
    settings.MAILBOX_PROCEDURE, settings.MAILBOX_ADDRESS = made.slug, MAILBOX
    return made


@pytest.fixture
def request_(procedure):
    """A request of Camille's, with its receipt sent."""
    made = make_request()
    made.outbox.update(state="sent")
    return made

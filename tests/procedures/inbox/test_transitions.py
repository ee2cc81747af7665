"""The table of transitions."""

from __future__ import annotations

import pytest

from procedures.inbox.transitions import DECIDED, OPEN, TRANSITIONS, Action, Status, possible


def test_every_status_is_open_or_decided():
    assert set(Status) == OPEN | DECIDED
    assert not OPEN & DECIDED


def test_every_action_has_its_line():
    assert set(TRANSITIONS) == set(Action)


@pytest.mark.parametrize("status", sorted(DECIDED))
def test_once_decided_one_may_only_write_or_reopen(status):
    assert possible(status) == {Action.WRITE, Action.REOPEN}


@pytest.mark.parametrize("status", sorted(OPEN))
def test_every_open_request_can_be_answered(status):
    assert {Action.ACCEPT, Action.REFUSE, Action.CLOSE} <= possible(status)


def test_only_a_waiting_request_takes_a_completion():
    assert [status for status in Status if Action.ANSWER_COMPLETION in possible(status)] == [Status.WAITING]

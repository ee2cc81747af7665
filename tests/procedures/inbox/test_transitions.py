"""The table of transitions, written out: every status, every action."""

from __future__ import annotations

import pytest

from procedures.inbox.transitions import DECIDED, OPEN, TRANSITIONS, Action, Status, possible

# Rows are statuses, columns actions; "–" where the action is refused.
TABLE = """
             take         assign       forward    ask_for_completion answer_completion accept    refuse   close   transfer     merge   reopen       write
received     in_progress  registered   forwarded  waiting            –                 accepted  refused  closed  transferred  closed  –            registered
registered   in_progress  registered   forwarded  waiting            –                 accepted  refused  closed  transferred  closed  –            registered
in_progress  in_progress  in_progress  forwarded  waiting            –                 accepted  refused  closed  transferred  closed  –            in_progress
waiting      waiting      waiting      waiting    –                  in_progress       accepted  refused  closed  transferred  closed  –            waiting
forwarded    in_progress  registered   forwarded  waiting            –                 accepted  refused  closed  transferred  closed  –            registered
accepted     –            –            –          –                  –                 –         –        –       –            –       in_progress  accepted
refused      –            –            –          –                  –                 –         –        –       –            –       in_progress  refused
closed       –            –            –          –                  –                 –         –        –       –            –       in_progress  closed
transferred  –            –            –          –                  –                 –         –        –       –            –       in_progress  transferred
"""  # noqa: E501 - a table is read across
HEAD, *ROWS = (line.split() for line in TABLE.strip().splitlines())
CELLS = [(row[0], action, leads_to) for row in ROWS for action, leads_to in zip(HEAD, row[1:], strict=True)]


def test_the_table_has_every_status_and_every_action():
    assert {row[0] for row in ROWS} == set(Status)
    assert set(HEAD) == set(Action) == set(TRANSITIONS)


@pytest.mark.parametrize(("status", "action", "leads_to"), CELLS, ids=lambda value: str(value))
def test_an_action_leads_where_the_table_says(status, action, leads_to):
    found = TRANSITIONS[Action(action)].get(Status(status))
    assert (found or "–") == leads_to
    assert (Action(action) in possible(status)) == (leads_to != "–")


def test_every_status_is_open_or_decided():
    assert set(Status) == OPEN | DECIDED
    assert not OPEN & DECIDED

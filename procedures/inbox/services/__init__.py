"""The only writers of the inbox: verbs, each one transaction, each leaving its event.

``filing`` (register_request), ``handling`` (take, assign, forward), ``completion``
(ask_for_completion, answer_completion), ``conversation`` (write_note, write_to_resident,
write_as_resident), ``decision`` (accept, refuse, close, transfer), ``reopening`` (reopen),
``merging`` (merge, link, unlink), ``checklists`` (tick), ``readings`` (note_reading), ``clocks``
(move_waiting_clocks), ``sensitive`` (purge_sensitive), and others by their names. ``following``
tells residents whose requests were merged; ``guarding`` has the second of two agents look first.

Every service locks the request's row, checks the table of transitions and the agent's
department, writes, and puts in the outbox what must go out. ``at`` is for history brought
in from elsewhere; None is now. What a service adds goes through ``batches.put``, and it is
``@one_transaction``: so ``bulk`` can do the same to thousands, and nothing is written twice.
"""

"""The mailbox that residents write to: an e-mail becomes a request, joins its conversation, or reports a failure.

Anybody can write anything under any name: an e-mail reveals nothing, and changes only what its
sender could change with the tracking number and their own address (docs/decisions/0027).
"""

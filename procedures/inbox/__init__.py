"""The shared inbox: what residents file, whatever the channel, from receipt to answer.

Only ``services`` write. Every change is an event of a chained log, and what must go out by
e-mail is a row of the outbox written in the same transaction.
"""

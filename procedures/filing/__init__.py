"""The resident's way through a procedure: steps, draft, uploads, summary, receipt.

One request of the browser touches one row: the draft holds what was typed and what it
means; a published version, cached in the process, says what to ask.
"""

"""The mediator's work: recommendations, how mediations end, and the yearly report (L1112-24 CGCT).

A complaint itself is a request like any other (``procedures.inbox.services.complaints``).
"""

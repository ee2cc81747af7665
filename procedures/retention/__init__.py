"""How long requests say who made them, and what residents may ask of their data (GDPR, articles 5, 15 and 17).

The rules of time are here; what is emptied, and how, is the inbox's own service (``services.purging``).
"""

"""Loaders of the demo city: one file per kind of content, in the order of ``order.py``."""

"""Residents' files: told by their content, bounded, kept out of the web server's reach, never shown inline.

No table of its own: whoever keeps a file keeps the ``KeptFile`` that ``keep`` returned.
"""

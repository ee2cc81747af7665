"""Requests made up in bulk, whole and sealed, to try an inbox at the size it will have in some years."""

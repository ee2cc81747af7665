"""Blocks of a page's body: one file per family, one line each in ``PAGE_BLOCKS``."""

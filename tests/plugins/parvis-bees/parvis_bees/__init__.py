"""Beekeeping in a town."""

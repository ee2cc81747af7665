"""Procedures brought in from other systems, and our own taken along: read, drafted, reported."""

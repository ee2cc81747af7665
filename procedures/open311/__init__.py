"""Open311 GeoReport v2: other applications list what residents may report, report for them, and read where it stands.

What goes out names nobody and repeats no word of a resident; see docs/open311.md.
"""

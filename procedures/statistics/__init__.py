"""What the city's delays really are: one figure per file, read from the inbox."""

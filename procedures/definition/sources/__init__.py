"""Where answers may come from: one source per file."""

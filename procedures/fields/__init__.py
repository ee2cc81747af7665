"""The types of question that ship with Parvis, one per file."""

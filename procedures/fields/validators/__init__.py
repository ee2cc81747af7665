"""The demands on answers that ship with Parvis, one per file. Their messages name what is expected."""

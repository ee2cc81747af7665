"""What is read before a procedure is published: one check per file, blocking or giving advice."""

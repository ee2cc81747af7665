"""What Parvis promises, as tests; a package, for a library installs one of the same name."""

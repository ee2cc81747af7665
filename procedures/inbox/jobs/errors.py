"""Why long work ends before its time."""


class Hopeless(Exception):
    """It cannot go on, and trying again would not help; the text is for whoever asked for it."""


class Stopped(Exception):
    """Whoever asked for it stopped it."""

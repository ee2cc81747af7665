"""British English dates, twenty-four hours."""

TIME_FORMAT = "H:i"
DATE_FORMAT = "j\u00a0F Y"
DATETIME_FORMAT = "j\u00a0F Y, H:i"

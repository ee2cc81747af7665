"""British English dates, twenty-four hours."""

TIME_FORMAT = "H:i"
DATE_FORMAT = "j\u00a0F Y"
MONTH_DAY_FORMAT = "j\u00a0F"
DATETIME_FORMAT = "j\u00a0F Y, H:i"

"""French dates and times: « 20 h 30 », with no-break spaces."""

TIME_FORMAT = "G\u00a0\\h\u00a0i"
DATE_FORMAT = "j\u00a0F Y"
MONTH_DAY_FORMAT = "j\u00a0F"
DATETIME_FORMAT = "j\u00a0F Y, G\u00a0\\h\u00a0i"

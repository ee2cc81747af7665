"""French dates and times: « 1er mai », « 20 h 30 », with no-break spaces."""

TIME_FORMAT = "G\u00a0\\h\u00a0i"
DATE_FORMAT = "jS\u00a0F Y"
MONTH_DAY_FORMAT = "jS\u00a0F"
DATETIME_FORMAT = "jS\u00a0F Y à G\u00a0\\h\u00a0i"

"""Arabic dates and times, with the digits used in the Maghreb and in France."""

TIME_FORMAT = "H:i"
DATE_FORMAT = "j\u00a0F Y"
MONTH_DAY_FORMAT = "j\u00a0F"
DATETIME_FORMAT = "j\u00a0F Y، H:i"

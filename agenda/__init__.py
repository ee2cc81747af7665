"""What happens in town: events, their timings, the agenda by date, calendars to subscribe to."""

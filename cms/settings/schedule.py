"""What the worker does by the clock, in the city's time."""

from celery.schedules import crontab

CELERY_BEAT_SCHEDULE = {
    # What was not sent at once, or was cut by a crash, goes out within a minute.
    "outbox": {"task": "inbox.sweep_outbox", "schedule": 60.0},
    # A delay that waits for a resident moves by a day each day.
    "clocks": {"task": "inbox.move_waiting_clocks", "schedule": crontab(hour="0", minute="5")},
    # Each reminder is given once and each person has one e-mail a day: the later runs find what an outage left.
    "alerts": {"task": "inbox.give_alerts", "schedule": crontab(hour="6-18", minute="35")},
    "links": {"task": "filing.send_due_links", "schedule": 60.0},
    "publication": {"task": "cms.publish_scheduled", "schedule": 300.0},
    "index": {"task": "cms.update_search_index", "schedule": crontab(hour="3", minute="20")},
    # Bulk actions and exports whose worker died, or that the queue lost.
    "jobs": {"task": "inbox_jobs.sweep", "schedule": 60.0},
    "old_jobs": {"task": "inbox_jobs.purge", "schedule": crontab(hour="4", minute="10")},
    # Files that came while the antivirus was down or slow.
    "quarantine": {"task": "filing.check_files", "schedule": 60.0},
    "reminders": {"task": "filing.remind_of_drafts", "schedule": crontab(minute="10")},
    "sensitive": {"task": "inbox.purge_sensitive_files", "schedule": crontab(minute="25")},
    "mailbox": {"task": "mailbox.read", "schedule": 60.0},
    "mails": {"task": "mailbox.purge", "schedule": crontab(hour="2", minute="50")},
    "reports": {"task": "open311.publish_reports", "schedule": 60.0},
    "all-reports": {
        "task": "open311.publish_reports",
        "kwargs": {"days": 91},
        "schedule": crontab(hour="3", minute="50"),
    },
    # Figures of today are a minute or two old; what the log may have hidden is found at night.
    "figures": {"task": "statistics.count_changes", "schedule": 90.0},
    "figures-again": {"task": "statistics.count_again", "schedule": crontab(hour="1", minute="15")},
    # After the drafts: orphans of a night that was cut short are swept the next one.
    "retention": {"task": "retention.apply", "schedule": crontab(hour="3", minute="50")},
    "drafts": {"task": "filing.purge_drafts", "schedule": crontab(hour="2", minute="40")},
}

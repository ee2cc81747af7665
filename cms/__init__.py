"""The site itself: pages, accounts, settings, search. Imports no other room."""

from cms.celery import app as celery_app

__all__ = ["celery_app"]

"""The secret link to a draft: shown, or sent by e-mail without any view waiting for it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from procedures.filing import keys
from procedures.filing.journey import Journey
from procedures.filing.models import Draft
from procedures.filing.sending import requester

ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)


def resume_path(draft: Draft) -> str:
    """The path of the secret link, in the active language."""
    return reverse("resume", kwargs={"token": keys.token(draft.key, keys.RESUME)})


def known_address(draft: Draft) -> str:
    """The e-mail address that the answers give, if any."""
    definition = draft.version.in_language(draft.language)
    return requester(Journey(definition, draft.data.get("answers", {}))).email


def send_due_link(draft_id: int) -> bool:
    """Send the link that a draft waits for; at least once, never from two workers at a time.

    Raises:
        OSError, SMTPException: not sent; the next attempt waits twice as long.
    """
    now = timezone.now()
    draft = Draft.objects.live(now).filter(pk=draft_id, link_due_at__lte=now).first()
    if draft is None:
        return False
    gives_up = draft.link_attempts + 1 >= ATTEMPTS
    next_due = None if gives_up else now + FIRST_WAIT * 2**draft.link_attempts
    taken = Draft.objects.filter(pk=draft.pk, link_due_at=draft.link_due_at).update(
        link_due_at=next_due, link_attempts=F("link_attempts") + 1
    )
    if not taken:
        return False
    _message(draft).send()
    Draft.objects.filter(pk=draft.pk, link_due_at=next_due).update(link_due_at=None, link_recipient="")
    return True


def _message(draft: Draft) -> EmailMessage:
    with translation.override(draft.language):
        title = draft.version.in_language(draft.language).title
        context = {
            "title": title,
            "link": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + resume_path(draft),
            "expires_at": draft.expires_at,
            "is_reminder": draft.is_reminder,
        }
        body = render_to_string("emails/resume_link.txt", context)
        subject = _("Your draft: %(title)s") % {"title": title}
        if draft.is_reminder:
            day = date_format(timezone.localtime(draft.expires_at), "DATE_FORMAT")
            subject = _("Your draft ends on %(day)s: %(title)s") % {"day": day, "title": title}
    return EmailMessage(subject, body, to=[draft.link_recipient])


def remind_of_drafts() -> int:
    """Have the link sent once more to those whose draft ends soon; return to how many."""
    now = timezone.now()
    return Draft.objects.to_remind(now).update(
        link_recipient=F("reminder_recipient"), link_due_at=now, link_attempts=0, is_reminder=True, reminded_at=now
    )

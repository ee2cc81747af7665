"""Calendars and feeds as HTTP answers."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed

from agenda.calendars import MEDIA_TYPE, calendar_of, title_in_words
from agenda.happenings import Happening
from agenda.wording import timing_in_words

MAX_AGE_SECONDS = 900


def calendar_answer(
    request: HttpRequest, happenings: Iterable[Happening], *, name: str, slug: str, language: str
) -> HttpResponse:
    """A calendar to open or to subscribe to; any site may read it."""
    content = calendar_of(
        happenings,
        name=name,
        address=request.build_absolute_uri(),
        site=request.build_absolute_uri("/"),
        language=language,
    )
    answer = HttpResponse(content, content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'inline; filename="{slug}.ics"'
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = f"public, max-age={MAX_AGE_SECONDS}"
    return answer


def feed_answer(
    request: HttpRequest, happenings: list[Happening], *, name: str, link: str, language: str
) -> HttpResponse:
    """The dates as RSS 2.0, in the order they come; each once, whatever its day in the feed's life."""
    now = timezone.now()
    feed = Rss201rev2Feed(
        title=name,
        link=request.build_absolute_uri(link),
        description=name,
        language=language,
        feed_url=request.build_absolute_uri(),
    )
    for row in happenings:
        when = ", ".join(part for part in (timing_in_words(row, now), row.where) if part)
        feed.add_item(
            title=title_in_words(row),
            link=request.build_absolute_uri(row.url),
            description=f"{when}\n{row.summary}",
            unique_id=f"{row.translation_key}-{row.key}",
            unique_id_is_permalink=False,
            pubdate=row.first_published_at,
        )
    answer = HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")
    answer["Cache-Control"] = f"public, max-age={MAX_AGE_SECONDS}"
    return answer

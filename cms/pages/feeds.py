"""News as RSS, one feed per language."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms.pages import site
from cms.pages.facts import facts
from cms.pages.models import NewsIndexPage, NewsPage

NEWS_IN_FEED = 30
MEDIA_TYPE = "application/rss+xml; charset=utf-8"


@require_safe
@cache_control(max_age=900, public=True)
def news(request: HttpRequest) -> HttpResponse:
    """The latest news of the language, in one query.

    Raises:
        Http404: the language has no list of news, or not everybody may read it.
    """
    language = get_language() or settings.LANGUAGE_CODE
    snapshot = site.current()
    index = snapshot.first_of(NewsIndexPage._meta.label_lower, language)
    if index is None or index.restricted:
        raise Http404
    name = f"{facts(language).name} · {index.title}"
    feed = Rss201rev2Feed(
        title=name,
        link=request.build_absolute_uri(index.url),
        description=name,
        language=language,
        feed_url=request.build_absolute_uri(request.path),
    )
    public = [ref.id for ref in snapshot.children(index.id) if not ref.restricted]
    rows = NewsPage.objects.filter(pk__in=public, live=True).order_by("-published_on", "-pk")
    for pk, title, summary, day in rows.values_list("pk", "title", "summary", "published_on")[:NEWS_IN_FEED]:
        feed.add_item(
            title=title,
            link=request.build_absolute_uri(snapshot.url(pk)),
            description=summary,
            pubdate=datetime.combine(day, time(12), ZoneInfo(settings.TIME_ZONE)),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=MEDIA_TYPE)

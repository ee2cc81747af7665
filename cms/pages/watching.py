"""What makes the shared snapshot stale."""

from django.db.models.signals import post_delete, post_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from cms.pages import site
from cms.pages.models import Alert, CitySettings, CityWords, FooterLink
from cms.pages.translations import keep_translation


def connect() -> None:
    """Connect the signals; a draft that is only saved changes nothing."""
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(site.bump, dispatch_uid="bump-pages")
    post_save.connect(_page_saved, dispatch_uid="bump-page-saved")
    post_delete.connect(_page_deleted, dispatch_uid="bump-page-deleted")
    post_save.connect(keep_translation, sender=StringSegment, dispatch_uid="keep-translation")
    site.watch(Redirect, Locale, Site, PageViewRestriction, get_image_model(), get_document_model())
    site.watch(Alert, CitySettings, CityWords, FooterLink, StringTranslation, TranslationSource)


def _page_saved(sender: type, *, update_fields: frozenset[str] | None = None, **_: object) -> None:
    # Saving a draft updates named fields only; what makes or changes a live page does not.
    if issubclass(sender, Page) and update_fields is None:
        site.bump()


def _page_deleted(sender: type, **_: object) -> None:
    if issubclass(sender, Page):
        site.bump()

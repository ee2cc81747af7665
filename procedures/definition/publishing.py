"""What happens when a procedure's page is published or withdrawn."""

from typing import Any

from django.db.models.signals import post_save, pre_delete
from wagtail.signals import page_published, page_unpublished

from cms.accounts.roles import DEPARTMENT_EDITORS, EDITING, grant_page
from cms.pages import site
from procedures.definition.models import Procedure, ProcedureIndexPage, ProcedurePage
from procedures.definition.services import close_procedure, publish_version


def connect() -> None:
    """Connect the signals."""
    page_published.connect(_published, sender=ProcedurePage, dispatch_uid="procedure-published")
    page_unpublished.connect(_withdrawn, sender=ProcedurePage, dispatch_uid="procedure-withdrawn")
    pre_delete.connect(_deleted, sender=ProcedurePage, dispatch_uid="procedure-deleted")
    post_save.connect(_index_made, sender=ProcedureIndexPage, dispatch_uid="procedure-index-made")
    site.watch(Procedure)


def _published(instance: ProcedurePage, **_: Any) -> None:
    # Also sent when publication is only scheduled: then the page is not live.
    if instance.live:
        publish_version(instance)


def _withdrawn(instance: ProcedurePage, **_: Any) -> None:
    close_procedure(instance)


def _deleted(instance: ProcedurePage, **_: Any) -> None:
    if instance.is_source:
        close_procedure(instance)


def _index_made(instance: ProcedureIndexPage, created: bool, **_: Any) -> None:
    if created:
        grant_page(instance, DEPARTMENT_EDITORS, EDITING)

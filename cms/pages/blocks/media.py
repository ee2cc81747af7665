"""Pictures and documents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from cms.pages.offers import PageBlock


class PictureBlock(blocks.StructBlock):
    """A picture with its alternative text (asked for unless it only decorates) and caption."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "components/blocks/picture.html"
        group = _("Media")


class Picture(PageBlock):
    """A picture."""

    slug = "picture"
    label = _("Picture")

    def block(self) -> blocks.Block:
        """A picture and its caption."""
        return PictureBlock()


class DocumentBlock(blocks.StructBlock):
    """A file to download, with its format and weight said."""

    document = DocumentChooserBlock(label=_("Document"))
    text = blocks.CharBlock(label=_("Words of the link"), required=False, max_length=150)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "components/blocks/document.html"
        group = _("Media")


class Document(PageBlock):
    """A file to download."""

    slug = "document"
    label = _("Document")

    def block(self) -> blocks.Block:
        """A link to a document."""
        return DocumentBlock()

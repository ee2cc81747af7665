"""Links say where they lead: a screen reader lists them without the sentence around (RGAA 6.1)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.definition.proofreading import folded, plain, texts_of
from procedures.plugins import DraftProcedure, Path, ProcedureCheck

LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.IGNORECASE | re.DOTALL)
EMPTY_WORDS = re.compile(
    r"((veuillez )?cliqu(ez|er|e)( ici| sur ce lien)?|ici|par ici|ce lien|lien|lire( la suite)?|en savoir plus|"
    r"plus d'infos?|(click |tap )?here|this link|link|read more|learn more|more|voir|suite|telecharger|download|"
    r"اضغط هنا|انقر هنا|هنا)\W*"
)
ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)


class LinkWords(ProcedureCheck):
    """« Click here » tells nothing to whoever hears it alone."""

    slug = "link_words"
    label = _("Words of links")

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Advice beside the text that holds the link."""
        for text in texts_of(draft):
            for found in LINK.findall(text.source):
                words = plain(found)
                if EMPTY_WORDS.fullmatch(folded(words)):
                    yield (
                        text.path,
                        _now("The link “%(words)s” does not say where it leads: name the page or the document.")
                        % {"words": words},
                    )
                elif ADDRESS.fullmatch(words):
                    yield (
                        text.path,
                        _now("A link is shown as an address: give it words, an address is spelt out aloud."),
                    )
            if re.search(r"\b(cliquez ici|click here)\b", folded(LINK.sub("", text.source))):
                yield (
                    text.path,
                    _now("“Click here” is said where nothing can be clicked: name the page or the document."),
                )

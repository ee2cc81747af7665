"""Page types, the alert banner and the city's settings."""

from cms.pages.models.accessibility import AccessibilityPage
from cms.pages.models.alert import Alert
from cms.pages.models.city import CitySettings, CityWords, FooterLink
from cms.pages.models.guide import GuidePage
from cms.pages.models.home import HomePage
from cms.pages.models.news import NewsIndexPage, NewsPage
from cms.pages.models.section import SectionPage

__all__ = [
    "AccessibilityPage",
    "Alert",
    "CitySettings",
    "CityWords",
    "FooterLink",
    "GuidePage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "SectionPage",
]

"""Entries as schema.org data for search engines."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from directory.cards import Card
from directory.hours.week import specifications

# What could end the script element early, or look like markup inside it.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def json_ld(card: Card, kind: str, address: str) -> SafeString:
    """The text of an ``application/ld+json`` data block; browsers do not run it.

    Args:
        kind: schema.org type: GovernmentOffice, CivicStructure, Organization, Store.
        address: absolute address of the page.
    """
    entry = card.entry
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind,
        "name": card.name.text,
        "url": address,
        "telephone": card.phones[0].shown if card.phones else "",
        "email": entry.email,
        "sameAs": entry.website,
    }
    if card.address:
        data["address"] = {
            "@type": "PostalAddress",
            "streetAddress": entry.street,
            "postalCode": entry.postcode,
            "addressLocality": entry.town,
            "addressCountry": "FR",
        }
    if getattr(entry, "latitude", None) is not None and entry.longitude is not None:
        data["geo"] = {"@type": "GeoCoordinates", "latitude": entry.latitude, "longitude": entry.longitude}
    if hasattr(entry, "weekly_hours"):
        data["openingHoursSpecification"] = specifications(card.schedule)
    kept = {key: value for key, value in data.items() if value}
    return mark_safe(json.dumps(kept, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - escaped above

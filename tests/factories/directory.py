"""Departments and places of a small city."""

from __future__ import annotations

import factory
from wagtail.models import Locale

from directory.models import Department, DepartmentMember, Division, Organisation, Place

OFFICE_HOURS = {
    "ranges": [
        {"day": day, "opens": opens, "closes": closes, "note": ""}
        for day in range(1, 6)
        for opens, closes in (("09:00", "12:30"), ("14:00", "17:00"))
    ]
}


def source_locale() -> Locale:
    """French, made if need be."""
    return Locale.objects.get_or_create(language_code="fr")[0]


class EntryFactory(factory.django.DjangoModelFactory):
    locale = factory.LazyFunction(source_locale)

    class Meta:
        abstract = True


class DivisionFactory(EntryFactory):
    name = factory.Sequence(lambda n: f"Pôle {n}")
    slug = factory.Sequence(lambda n: f"pole-{n}")

    class Meta:
        model = Division


class DepartmentFactory(EntryFactory):
    name = factory.Sequence(lambda n: f"Service {n}")
    slug = factory.Sequence(lambda n: f"service-{n}")
    division = factory.SubFactory(DivisionFactory)
    summary = "Actes et titres."
    phone = "02 00 00 00 10"
    email = "service@valmarie.example"
    street = "2 place du Parvis"
    postcode = "49000"
    town = "Valmarie"
    weekly_hours = factory.LazyFunction(lambda: OFFICE_HOURS)

    class Meta:
        model = Department


class PlaceFactory(EntryFactory):
    name = factory.Sequence(lambda n: f"Lieu {n}")
    slug = factory.Sequence(lambda n: f"lieu-{n}")
    kind = Place.Kind.LIBRARY
    town = "Valmarie"
    postcode = "49000"
    weekly_hours = factory.LazyFunction(lambda: OFFICE_HOURS)

    class Meta:
        model = Place


class OrganisationFactory(EntryFactory):
    name = factory.Sequence(lambda n: f"Association {n}")
    slug = factory.Sequence(lambda n: f"association-{n}")

    class Meta:
        model = Organisation


class DepartmentMemberFactory(factory.django.DjangoModelFactory):
    department = factory.SubFactory(DepartmentFactory)

    class Meta:
        model = DepartmentMember

"""Entries of the directory: languages, membership, forms."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import Locale, ReferenceIndex
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import Translation, TranslationSource

from cms.accounts.models import User
from cms.accounts.roles import ADMINISTRATORS, COMMUNICATIONS
from directory.fields import WeeklyHoursFormField
from directory.models import (
    Department,
    DepartmentClosure,
    DepartmentMember,
    Division,
    Organisation,
    Place,
    departments_of,
)
from tests.factories.directory import (
    OFFICE_HOURS,
    DepartmentFactory,
    DepartmentMemberFactory,
    PlaceFactory,
    source_locale,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def english():
    source_locale()
    return Locale.objects.get_or_create(language_code="en")[0]


def translate(entry, locale):
    source, _ = TranslationSource.get_or_create_from_instance(entry)
    translation = Translation.objects.create(source=source, target_locale=locale)
    translation.save_target()
    return entry.get_translation(locale)


@pytest.mark.parametrize("model", [Division, Department, Place, Organisation])
def test_every_field_that_editors_fill_is_translated_or_synchronised(model):
    editable = {
        field.name for field in model._meta.get_fields() if getattr(field, "editable", False) and not field.auto_created
    }
    assert {field.field_name for field in get_translatable_fields(model)} >= editable


def test_a_translation_copies_facts_and_keeps_no_member(english):
    department = DepartmentFactory(phone="02 00 00 00 10", slug="etat-civil")
    DepartmentClosure.objects.create(
        department=department, first_day=date(2026, 11, 23), last_day=date(2026, 11, 24), reason="travaux"
    )
    DepartmentMemberFactory(department=department, user=User.objects.create_user("a@valmarie.example"))
    department.refresh_from_db()
    translated = translate(department, english)
    assert (translated.phone, translated.slug, translated.weekly_hours) == (
        "02 00 00 00 10",
        "etat-civil",
        OFFICE_HOURS,
    )
    assert translated.division_id == department.division_id
    assert [row.locale for row in translated.closures.all()] == [english]
    assert not translated.members.exists()
    assert list(Department.objects.source()) == [department]
    assert list(Department.objects.in_language("en")) == [translated]


def test_a_phone_is_not_offered_for_translation(english):
    department = DepartmentFactory()
    source, _ = TranslationSource.get_or_create_from_instance(department)
    contexts = set(source.stringsegment_set.values_list("context__path", flat=True))
    assert contexts == {"name", "summary"}


def test_a_slug_is_used_once_per_language(english):
    place = PlaceFactory(slug="piscine")
    place.copy_for_translation(english).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceFactory(slug="piscine")


def test_agents_work_for_their_departments_and_administrators_for_all(english):
    first, second = DepartmentFactory.create_batch(2)
    translate(first, english)
    agent, editor, boss = (User.objects.create_user(f"{name}@valmarie.example") for name in "abc")
    root = User.objects.create_superuser("root@valmarie.example")
    boss.groups.add(Group.objects.get_or_create(name=ADMINISTRATORS)[0])
    DepartmentMemberFactory(department=first, user=agent)
    DepartmentMemberFactory(department=second, user=editor, role=DepartmentMember.Role.EDITOR)
    assert list(departments_of(agent)) == [first]
    assert set(departments_of(boss)) == set(departments_of(root)) == {first, second}
    assert list(departments_of(editor, roles=["agent", "head"])) == []
    assert list(departments_of(editor, roles=["editor"])) == [second]
    assert not departments_of(AnonymousUser()).exists()
    agent.is_active = False
    assert not departments_of(agent).exists()


@pytest.mark.parametrize(
    ("phone", "good"),
    [("02 00 00 00 00", True), ("+33 2 00 00 00 00 / 3975", True), ("appelez", False), ("<b>", False)],
)
def test_a_phone_is_made_of_digits(phone, good):
    place = PlaceFactory.build(phone=phone)
    problems = {}
    try:
        place.clean_fields(exclude=["locale", "weekly_hours"])
    except ValidationError as error:
        problems = error.message_dict
    assert ("phone" not in problems) is good


def test_a_closure_ends_after_it_begins():
    closure = DepartmentClosure(first_day=date(2026, 11, 24), last_day=date(2026, 11, 23))
    with pytest.raises(ValidationError, match="last_day"):
        closure.clean()


def rows(**changes):
    table = [{"day": day, "spans": [("", ""), ("", "")], "note": ""} for day in range(1, 8)]
    table[0] |= changes
    return table


def test_the_form_of_hours_keeps_what_is_typed():
    field = WeeklyHoursFormField(required=False)
    kept = field.clean(rows(spans=[("09:00", "12:30"), ("14:00", "17:00")], note="sur rendez-vous"))
    assert [row["opens"] for row in kept["ranges"]] == ["09:00", "14:00"]
    assert kept["ranges"][0]["note"] == "sur rendez-vous"
    assert field.clean(rows()) == {}


@pytest.mark.parametrize(
    "spans",
    [
        [("09:00", "")],
        [("", "12:00")],
        [("9h", "12h")],
        [("25:00", "26:00")],
        [("09:00", "09:00")],
        [("09:00", "\x00")],
    ],
)
def test_the_form_of_hours_names_the_day_that_it_cannot_read(spans):
    with pytest.raises(ValidationError) as caught:
        WeeklyHoursFormField(required=False).clean(rows(spans=spans))
    assert len(caught.value.messages) == 1


@pytest.fixture
def communications(client, english):
    group = Group.objects.get(name=COMMUNICATIONS)
    user = User.objects.create_user("com@valmarie.example", "x" * 20)
    user.groups.add(group)
    client.force_login(user)
    return client


def typed(**changes):
    inline = {
        f"closures-{name}": value
        for name, value in {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}.items()
    }
    closure = {
        "closures-0-first_day": "2026-11-23",
        "closures-0-last_day": "2026-11-28",
        "closures-0-reason": "vidange",
        "closures-0-ORDER": 1,
    }
    hours = {f"weekly_hours-{day}-note": "" for day in range(1, 8)}
    hours |= {"weekly_hours-1-0-opens": "09:00", "weekly_hours-1-0-closes": "12:00"}
    known = {"name": "Piscine", "slug": "piscine", "kind": "sport", "on_public_holidays": "closed"}
    return {**known, **inline, **closure, **hours, **changes}


def test_an_editor_fills_the_form_of_a_place(communications):
    address = reverse(Place.snippet_viewset.get_url_name("add"))
    assert b"weekly_hours-1-0-opens" in communications.get(address).content
    response = communications.post(address, typed())
    assert response.status_code == 302
    place = Place.objects.get()
    assert place.weekly_hours == {"ranges": [{"day": 1, "opens": "09:00", "closes": "12:00", "note": ""}]}
    assert place.closures.get().reason == "vidange"
    assert place.locale.language_code == "fr"


def test_a_mistake_in_the_hours_is_shown_beside_what_was_typed(communications):
    address = reverse(Place.snippet_viewset.get_url_name("add"))
    response = communications.post(address, typed(**{"weekly_hours-1-0-closes": "", "weekly_hours-1-note": "rare"}))
    assert response.status_code == 200
    assert 'value="rare"' in response.content.decode()
    assert not Place.objects.exists()


def test_editors_see_each_entry_once_and_translations_on_demand(communications, english):
    PlaceFactory(name="Piscine").copy_for_translation(english).save()
    address = reverse(Place.snippet_viewset.get_url_name("list"))
    assert communications.get(address).context["paginator"].count == 1
    assert communications.get(f"{address}?locale=en").context["paginator"].count == 1


def test_who_works_where_is_not_for_editors(communications):
    address = reverse(DepartmentMember.snippet_viewset.get_url_name("add"))
    assert communications.get(address).status_code == 302
    assert communications.get(reverse(Department.snippet_viewset.get_url_name("list"))).status_code == 200


def test_places_refer_to_nothing_that_the_reference_index_keeps():
    place = PlaceFactory()
    assert not ReferenceIndex.get_references_for_object(place).exists()

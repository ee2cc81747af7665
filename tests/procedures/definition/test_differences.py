"""Two versions, and what is said of them."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import Permission

from directory.models import DepartmentMember
from procedures.definition.compiled import Fee
from procedures.definition.differences import find_differences
from procedures.definition.models import Procedure, ProcedurePage
from procedures.plugins import Condition, Rule
from tests.factories.inbox import make_agent
from tests.factories.procedures import block_id, condition, make_department, make_page, question, section, step

pytestmark = pytest.mark.django_db


def you(*more, **fields):
    return step(
        "Vous",
        question("short_text", "Prénom", id="prenom", purpose="given-name"),
        question("short_text", "Nom", id="nom", purpose="family-name"),
        *more,
        **fields,
    )


def document(*choices, label="Quel document ?", **fields):
    return question("one_choice", label, id="document", choices=list(choices or ("Copie", "Extrait")), **fields)


def definitions(before, after, changes=None):
    """Publish a page with the steps ``before``, then with those of ``after``."""
    page = make_page(*before)
    procedure = Procedure.objects.get(key=page.translation_key)
    old = procedure.current
    page.steps = page.steps.stream_block.to_python(list(after))
    for name, value in (changes or {}).items():
        setattr(page, name, value)
    page.save_revision().publish()
    procedure.refresh_from_db()
    return old.in_language("fr"), procedure.current.in_language("fr")


def told(old, new, **options):
    return [(one.place, one.text) for one in find_differences(old, new, **options)]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ([you()], [you(), step("Motif", document())], [("", "The step “Motif” is new.")]),
        ([you(), step("Motif", document())], [you()], [("", "The step “Motif” is gone.")]),
        (
            [you(id="who")],
            [{**you(id="who"), "value": {**you()["value"], "title": "Qui ?"}}],
            [("", "The step “Vous” is now called “Qui ?”.")],
        ),
        ([you()], [you(document())], [("Vous", "A new question: “Quel document ?”.")]),
        ([you(document())], [you()], [("Vous", "No longer asked: “Quel document ?”.")]),
        ([you(document())], [you(document(label="Lequel ?"))], [("Vous", "“Quel document ?” now reads: “Lequel ?”.")]),
        (
            [you(question("short_text", "Motif", id="m"))],
            [you(question("long_text", "Motif", id="m"))],
            [("Vous", "“Motif” is asked differently: “Long text” instead of “Short text”.")],
        ),
        (
            [you(document(required=False))],
            [you(document())],
            [("Vous", "“Quel document ?” must now be answered.")],
        ),
        (
            [you(document())],
            [you(document(required=False))],
            [("Vous", "“Quel document ?” may now be left empty.")],
        ),
        (
            [you(document("Copie", "Extrait"))],
            [you(document("Copie", "Livret"))],
            [
                ("Vous", "“Quel document ?” has one more answer: “Livret”."),
                ("Vous", "“Quel document ?” no longer offers “Extrait”."),
            ],
        ),
    ],
    ids=lambda value: value[0][1][:40] if isinstance(value, list) and value and isinstance(value[0], tuple) else "",
)
def test_a_resident_is_told(before, after, said):
    new_step = [("", "The step “Motif” is new."), ("Motif", "A new question: “Quel document ?”.")]
    gone_step = [("", "The step “Motif” is gone."), ("Motif", "No longer asked: “Quel document ?”.")]
    expected = {said[0][1]: said} | {pair[0][1]: pair for pair in (new_step, gone_step)}
    assert told(*definitions(before, after)) == expected[said[0][1]]


def test_a_version_does_not_differ_from_itself():
    old, new = definitions([you(document())], [you(document())])
    assert find_differences(old, new, for_authors=True) == []
    assert find_differences(old, old, for_authors=True) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": "Actes"}, "is now called “Actes”."),
        ({"announced_delay_days": 30}, "The town means to answer in 30 days instead of 15 days."),
        ({"announced_delay_unit": "working_days"}, "The town means to answer in 15 working days instead of 15 days."),
        ({"retention_months": 1}, "The request is kept 1 month after the answer instead of 12 months."),
        ({"files_months": 2}, "Documents are kept 2 months after the answer instead of 6 months."),
        ({"delay": 3, "delay_unit": "weeks"}, "The legal delay is 3 weeks instead of 2 months."),
        ({"silence_effect": "refusal"}, "Silence means refusal. Before: Silence means acceptance."),
        ({"declaration": "J’ai tout lu."}, "What one declares before sending has changed."),
        ({"purpose": "Délivrer un acte."}, "What the personal data is for has changed."),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_resident_is_told_of_promises(changes, said):
    [(place, text)] = told(*definitions([you()], [you()], changes))
    assert place == ""
    assert said in text


def test_another_department_is_said():
    other = make_department("Voirie")
    assert told(*definitions([you()], [you()], {"department": other})) == [("", "Another department is in charge.")]


class TestForAuthors:
    def test_conditions_are_put_in_words_and_residents_spared(self):
        before = [you(document(), question("short_text", "Motif", id="m"))]
        shown = condition(("document", "is", "id:Copie"), ("nom", "is_answered"), match="any")
        after = [you(document(), question("short_text", "Motif", id="m", condition=shown))]
        old, new = definitions(before, after)
        assert told(old, new) == []
        assert told(old, new, for_authors=True) == [
            (
                "Vous",
                "“Motif” is now shown: if “Quel document ?” is “Copie” or “Nom” has an answer. Before: always.",
            )
        ]

    def test_help_order_and_moves_are_said(self):
        last = question("short_text", "Motif", id="m")
        old, new = definitions(
            [you(document(), last), step("Fin", question("short_text", "Autre", id="a"))],
            [
                step("Fin", question("short_text", "Autre", id="a"), last),
                {**you(document(help_text="Un seul.")), "id": block_id("Vous")},
            ],
        )
        assert told(old, new) == []
        assert {text for _place, text in told(old, new, for_authors=True)} == {
            "The steps come in another order: “Fin”, “Vous”.",
            "The help of “Quel document ?” has changed.",
            "“Motif” was asked in the step “Vous” before.",
        }

    def test_another_order_of_questions_is_said(self):
        first, second = question("short_text", "Un", id="1"), question("short_text", "Deux", id="2")
        old, new = definitions([step("S", first, second)], [step("S", second, first)])
        assert told(old, new, for_authors=True) == [("S", "The questions come in another order.")]

    def test_settings_are_said_with_both_values(self):
        old, new = definitions(
            [step("S", question("short_text", "Un", id="1", purpose=""))],
            [step("S", question("short_text", "Un", id="1", purpose="given-name"))],
        )
        [(_place, text)] = told(old, new, for_authors=True)
        assert "“given-name” instead of nothing" in text

    def test_sections_are_said(self):
        inside = question("short_text", "Un", id="1")
        old, new = definitions([step("S", inside)], [step("S", section("Adresse", inside))])
        assert told(old, new, for_authors=True) == [("S", "The section “Adresse” is new.")]
        assert told(new, old, for_authors=True) == [("S", "The section “Adresse” is gone.")]

    def test_questions_of_a_group_are_said_with_their_group(self):
        child = question("short_text", "Prénom", id="child")
        age = question("short_text", "Classe", id="age")
        old, new = definitions(
            [step("S", question("group", "Enfants", id="g", questions=[child]))],
            [step("S", question("group", "Enfants", id="g", questions=[child, age]))],
        )
        assert told(old, new) == [("Enfants", "A new question: “Classe”.")]

    def test_fees_are_said_with_their_amount(self):
        _old, new = definitions([you()], [you(document())])
        fee = Fee("Repas", Condition(True, (Rule(block_id("nom"), "is_answered"),)), 450, block_id("document"))
        paying = replace(new, fees=(fee,))
        texts = [text for _place, text in told(new, paying)]
        assert texts == ["To pay now: Repas (4.50\N{NO-BREAK SPACE}€ times “Quel document ?”, if “Nom” has an answer)."]
        assert told(paying, new)[0][1].startswith("No longer to pay: Repas (4.50")


class TestScreen:
    @pytest.fixture
    def written(self, admin_user):
        page = make_page(you(document()), title="Actes")
        page.steps = page.steps.stream_block.to_python([you(document(label="Lequel ?"))])
        page.save_revision(user=admin_user).publish(user=admin_user)
        return ProcedurePage.objects.get(pk=page.pk)

    def url(self, written, query=""):
        return f"/admin/demarches/{written.pk}/versions/{query}"

    def test_the_last_two_are_compared_with_date_and_author(self, written, admin_client, admin_user):
        text = admin_client.get(self.url(written)).text
        assert "From version 1 to version 2" in text
        assert "“Quel document ?” now reads: “Lequel ?”." in text
        assert str(admin_user) in text

    def test_two_can_be_chosen_in_either_order(self, written, admin_client):
        written.retention_months = 6
        written.save_revision().publish()
        text = admin_client.get(self.url(written, "?de=3&a=1")).text
        assert "From version 1 to version 3" in text
        assert "now reads" in text
        assert "6 months" in text
        assert "now reads" not in admin_client.get(self.url(written)).text

    def test_a_version_alone_is_compared_with_nothing(self, admin_client):
        assert "Choose two versions" in admin_client.get(self.url(make_page(you()))).text

    @pytest.mark.parametrize("query", ["?de=9", "?a=x", "?de=-1", "?a=" + "9" * 30])
    def test_a_version_that_never_was_is_not_found(self, written, admin_client, query):
        assert admin_client.get(self.url(written, query)).status_code == 404

    def test_the_editor_leads_there(self, written, admin_client):
        assert self.url(written) in admin_client.get(f"/admin/pages/{written.pk}/edit/").text

    def test_another_department_s_editor_does_not_see_them(self, written, client):
        stranger = make_agent(make_department("Voirie"), role=DepartmentMember.Role.EDITOR)
        stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(stranger)
        assert client.get(self.url(written)).status_code in {302, 403}

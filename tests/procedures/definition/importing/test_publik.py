"""What becomes of each part of a form of Publik."""

import json

import pytest

from procedures.definition.importing.report import APPROXIMATED, CONDITION, CONVERTED, FIELD, LEFT, LIST, counts
from procedures.definition.importing.running import read_procedure, save_draft
from procedures.definition.marks import is_to_complete
from procedures.definition.models import Procedure
from procedures.inbox.models import ServiceRequest
from procedures.plugins import importers
from tests.factories.procedures import make_department, make_index
from tests.procedures.definition.importing.forms import field, form, items, page, source, table
from tests.procedures.definition.importing.resident import FillingResident

pytestmark = pytest.mark.django_db
EVERY_TYPE = [
    field("string", "Nom", varname="nom", inside="<prefill><type>user</type><value>_last_name</value></prefill>"),
    field("text", "Remarques", required=False, maxlength="400"),
    field("email", "Courriel"),
    field("bool", "J’accepte"),
    field("bool", "Avec chien", required=False, varname="chien"),
    field("item", "Quel jour ?", inside=items("Lundi", "Mardi")),
    field("items", "Quels repas ?", inside=items("Midi", "Soir", "Goûter")),
    field("date", "Né le", date_in_the_past="True", date_can_be_today="False"),
    field("time", "À quelle heure ?"),
    field("file", "Une pièce", required=False),
    field("map", "Où ?", required=False),
    field("numeric", "Combien ?", restrict_to_integers="True", min_value="1", max_value="30"),
    field("password", "Un code"),
    field("ranked-items", "Préférences", inside=items("Rouge", "Vert")),
    field("table", "Vos frais", inside=table(rows=["Train", "Hôtel"], columns=["Prix"])),
    field("tablerows", "Vos enfants", inside=table(columns=["Prénom", "Âge"])),
    field("table-select", "Vos avis", inside=table(["Repas", "Accueil"], ["Avis"]) + items("Bien", "Mal")),
    field("computed", "Calcul", varname="calcul", value_template="{{ form_var_chien }}"),
    field("subtitle", "Vos coordonnées"),
    field("comment", "<p>Merci <script>alert(1)</script>!</p>", condition="form_var_chien"),
    field("block:inconnu", "Un bloc"),
]


def read(*fields, beside=None, **kwargs):
    make_index()
    return read_procedure(form(*fields, **kwargs), "form.wcs", beside or {}, make_department())


def blocks_of(imported, step=0):
    return imported.content["steps"][step]["value"]["questions"]


def results(imported, kind=FIELD):
    return {outcome.name: outcome.result for outcome in imported.outcomes if outcome.kind == kind}


def checked_line(kind, value="", label="Ligne", message=""):
    texts = f"<type>{kind}</type><value>{value}</value><error_message>{message}</error_message>"
    return field("string", label, inside=f"<validation>{texts}</validation>")


def test_a_form_with_every_type_of_field_is_published_and_filed():
    imported = read(page("Tout"), *EVERY_TYPE)
    assert imported.problems == []
    assert set(results(imported).values()) <= {CONVERTED, APPROXIMATED}
    draft = save_draft(imported, make_department())
    draft.get_latest_revision().publish()
    FillingResident(Procedure.objects.get()).fill_everything()
    assert ServiceRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "value", "type", "options"),
    [
        ("digits", "", "pattern_text", {"pattern": "digits"}),
        ("phone", "", "phone", {}),
        ("iban", "", "iban", {"sepa_only": False}),
        ("siret-fr", "", "siret", {}),
        ("siren-fr", "", "pattern_text", {"pattern": "siren"}),
        ("nir-fr", "", "pattern_text", {"pattern": "nir"}),
        ("nrn-be", "", "pattern_text", {"pattern": "be_national"}),
        ("zipcode-fr", "", "pattern_text", {"pattern": "postcode"}),
        ("regex", "[A-Z]{3}", "pattern_text", {"pattern": "custom", "expression": "[A-Z]{3}"}),
        ("regex", "^[1-9]$|^1[0-9]$|^20$", "whole_number", {}),
        ("regex", "(?=x)x", "short_text", {}),  # looks ahead: cannot be run in bounded time
        ("django", "value|is_magic", "short_text", {}),
        ("luhn", "", "short_text", {}),
    ],
)
def test_a_check_becomes_the_type_that_checks_the_same(kind, value, type, options):
    (made,) = blocks_of(read(page("Un"), checked_line(kind, value)))
    assert made["type"] == type
    assert options.items() <= made["value"].items()


def test_the_limits_of_numbers_and_days_become_checks():
    (number,) = blocks_of(read(page("Un"), checked_line("regex", "^[1-9]$|^1[0-9]$|^20$")))
    assert number["value"]["checks"] == [{"type": "number_range", "value": {"at_least": 1, "at_most": 20}}]


def test_constants_of_the_form_are_written_out_and_their_conditions_worked_out():
    options = '<option varname="prix">12</option><option varname="texte"></option>'
    imported = read(
        page("Un"),
        field("comment", "<p>Cela coûte {{ form_option_prix }} €.</p>", condition="form_option_prix"),
        field("comment", "<p>{{ form_option_texte }}</p>", condition="form_option_texte"),
        field("string", "Nom"),
        options=options,
    )
    shown, name = blocks_of(imported)
    assert shown["value"]["text"] == "<p>Cela coûte 12 €.</p>"
    assert shown["value"]["condition"]["rules"] == []
    assert name["type"] == "short_text"
    assert counts(imported.outcomes, CONDITION)[CONVERTED] == 2


def test_a_list_that_is_not_in_the_file_is_marked_and_one_brought_along_is_taken():
    asked = field("item", "Pourquoi ?", varname="motif", inside=source("motifs"))
    more = field("string", "Précisez", condition='form_var_motif == "Autre"')
    without = read(page("Un"), asked, more)
    choices = [choice["value"] for choice in blocks_of(without)[0]["value"]["choices"]]
    assert choices[0] == "Autre"
    assert is_to_complete(choices[1])
    assert results(without, LIST) == {"Pourquoi ?": LEFT}
    given = read(page("Un"), asked, more, beside={"motifs.json": json.dumps(["Banque", "Autre"]).encode()})
    assert [choice["value"] for choice in blocks_of(given)[0]["value"]["choices"]] == ["Banque", "Autre"]
    assert results(given, LIST) == {"Pourquoi ?": CONVERTED}


def test_countries_are_the_list_that_everybody_shares():
    asked = field("item", "Pays", varname="pays", inside=source("pays"))
    imported = read(page("Un"), asked, field("string", "Commune", condition='form_var_pays == "Belgique"'))
    country, town = blocks_of(imported)
    assert (country["type"], country["value"]["list"]) == ("long_list", "countries")
    assert town["value"]["condition"]["rules"][0]["value"]["value"] == "BE"


def test_a_block_whose_definition_is_at_hand_becomes_a_group_with_its_own_conditions():
    block = form(
        field("string", "Race", varname="race"),
        field("string", "Laquelle ?", condition='block_var_race == "Autre"'),
        field("comment", "<p>Merci</p>"),
        kind="block",
    )
    imported = read(page("Un"), field("block:un_bloc", "Chiens", varname="chiens"), beside={"b.wcs": block})
    (group,) = blocks_of(imported)
    breed, which, thanks = group["value"]["questions"]
    assert (thanks["type"], thanks["value"]["text"]) == ("content", "<p>Merci</p>")
    assert which["value"]["condition"]["rules"][0]["value"]["question"] == breed["id"]
    assert imported.problems == []
    assert results(imported) == {"Chiens": CONVERTED}


def test_a_condition_on_a_later_question_is_left_and_told():
    imported = read(
        page("Un"), field("string", "Un", condition="form_var_deux"), field("string", "Deux", varname="deux")
    )
    (told,) = [outcome for outcome in imported.outcomes if outcome.kind == CONDITION]
    assert (told.result, told.name) == (LEFT, "Un")
    assert "deux" in told.why
    assert blocks_of(imported)[0]["value"]["condition"]["rules"] == []


def test_what_had_to_hold_to_leave_a_page_becomes_a_warning():
    condition = "<condition><type>django</type><value>form_var_pays == 'Belgique'</value></condition>"
    post = f"<post_condition>{condition}<error_message>Non.</error_message></post_condition>"
    imported = read(
        page("Un", inside=f"<post_conditions>{post}</post_conditions>"), field("string", "Pays", varname="pays")
    )
    warning = blocks_of(imported)[-1]
    assert (warning["type"], warning["value"]["tone"], warning["value"]["text"]) == (
        "content",
        "warning",
        "<p>Non.</p>",
    )
    assert warning["value"]["condition"]["rules"][0]["value"]["operator"] == "is_not"
    assert results(imported, CONDITION) == {"Un": APPROXIMATED}


def test_an_amount_that_nobody_types_is_left_out_and_told():
    worked_out = "<type>string</type><locked>True</locked><value>{{ form_var_n|multiply:form_var_p }} €</value>"
    amount = field("string", "Montant", inside=f"<prefill>{worked_out}</prefill>")
    imported = read(page("Un"), field("string", "Combien ?", varname="n"), amount)
    assert [block["value"]["label"] for block in blocks_of(imported)] == ["Combien ?"]
    assert results(imported)["Montant"] == LEFT


def test_the_same_words_twice_are_told_apart():
    imported = read(
        page("Vous"), field("string", "Nom", id="1"), field("string", "Nom ", id="2"), page("Vous"), field("date", "Le")
    )
    assert [block["value"]["label"] for block in blocks_of(imported)] == ["Nom", "Nom (2)"]
    assert [step["value"]["title"] for step in imported.content["steps"]] == ["Vous", "Vous (2)"]
    assert imported.problems == []


def test_reading_a_form_twice_gives_the_same_ids():
    first, second = (read(page("Un"), *EVERY_TYPE) for _ in range(2))
    assert first.content == second.content


def test_a_form_that_asks_nothing_becomes_a_draft_to_complete():
    imported = read(page("Ailleurs"))
    assert imported.problems == []
    (shown,) = blocks_of(imported)
    assert is_to_complete(shown["value"]["text"])


@pytest.mark.parametrize("choices", [(), ("Seul",), ("<b></b>",), ("Un", "un :")])
def test_a_question_with_too_few_choices_gets_marked_ones(choices):
    imported = read(page("Un"), field("item", "Lequel ?", inside=items(*choices)))
    offered = [choice["value"] for choice in blocks_of(imported)[0]["value"]["choices"]]
    assert len(offered) >= 2
    assert is_to_complete(offered[-1])
    assert imported.problems == []
    assert results(imported) == {"Lequel ?": APPROXIMATED}


def test_every_importer_knows_its_own_files_and_leaves_the_others():
    for importer in importers:
        assert str(importer.label)
        assert importer.read(b"title;question\nA;B\n", {}) is None

"""One example of everything the style guide shows: for tests and for looking at."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace as Example

from django import forms
from django.core.paginator import Paginator
from wagtail.blocks import RichTextBlock, StreamBlock, StreamValue

PARAGRAPH = StreamValue(
    StreamBlock([("paragraph", RichTextBlock())]),
    [{"type": "paragraph", "value": "<p>Un seul dossier.</p>", "id": "p1"}],
    is_lazy=True,
)[0]
START = dt.datetime(2026, 11, 21, 20, 30)
CRUMBS = [("Accueil", "/"), ("Guides", "/guides/"), ("Guide des familles", "")]
PHONE = {"phone": "02 00 00 00 12", "phone_href": "tel:+33200000012"}
TITLES = ["Démarches", "Guides", "Agenda", "Annuaire et carte", "La mairie"]
LANGUAGES = [("fr", "Français", "ltr"), ("en", "English", "ltr"), ("ar", "العربية", "rtl")]


def city(language: str = "fr") -> Example:
    """What the context processor gives."""
    return Example(
        name="Ville de Valmarie",
        phone="02 00 00 00 00",
        phone_href="tel:+33200000000",
        phone_note="jusqu’à 19 h le jeudi",
        hall="Mairie de Valmarie",
        street="2 place du Parvis",
        town="49000 Valmarie",
        logo_url="",
        colours_url="",
        home_url="/",
        search_url="/recherche/",
        tracking_url="/suivi/",
        menu=[Example(title=title, url=f"/{n}/", current=n == 1) for n, title in enumerate(TITLES)],
        languages=[
            Example(code=code, name=name, dir=direction, url=f"/{code}/", current=code == language)
            for code, name, direction in LANGUAGES
        ],
        footer=[
            Example(title=title, links=[Example(title=f"{title} {n}", url=f"/{n}/") for n in range(3)])
            for title in ("Nous écrire, nous parler", "Transparence", "Ce site")
        ],
        accessibility="Accessibilité : partiellement conforme",
        accessibility_url="/accessibilite/",
        alerts=[Example(kind="warning", title="Vent fort samedi", text="Les parcs ferment à 14 h.", url="/alerte/")],
    )


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nom de naissance", help_text="Celui qui figure sur l’acte.")
    email = forms.EmailField(label="Adresse électronique", required=False)
    text = forms.CharField(label="Que se passe-t-il ?", widget=forms.Textarea)
    area = forms.ChoiceField(label="Quartier", choices=[("n", "Nord"), ("s", "Sud")])
    who = forms.ChoiceField(
        label="Pour qui demandez-vous l’acte ?",
        choices=[("me", "Pour moi"), ("child", "Pour mon enfant")],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label="Jours de cantine",
        help_text="Plusieurs réponses possibles.",
        choices=[("1", "Lundi"), ("2", "Mardi")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    born = forms.DateField(label="Date de naissance", help_text="Par exemple 14/07/1990.")
    proof = forms.FileField(label="Justificatif de domicile", help_text="PDF ou photo, 10 Mo au plus.")
    sworn = forms.BooleanField(label="J’atteste que ces informations sont exactes")


FIGURES = [("1 284", "demandes reçues"), ("94 %", "répondues à temps"), ("2,5 jours", "délai médian")]

# Template under components/ → its context.
COMPONENTS: dict[str, dict[str, object]] = {
    "alerts": {"alerts": city().alerts},
    "alert": {"alert": city().alerts[0]},
    "breadcrumb": {"crumbs": CRUMBS},
    "topbar": {"city": city()},
    "masthead": {"city": city()},
    "footer": {"city": city()},
    "notice": {"title": "Bien reçu", "text": "Nous répondons sous 3 jours.", "kind": "success"},
    "card": {"title": "Guide des familles", "url": "/g/", "text": "De la crèche au lycée.", "tag": "Je suis parent"},
    "task_card": {
        "title": "Demander un acte de naissance",
        "url": "/d/",
        "text": "En ligne, en 5 minutes.",
        "delay": "Réponse en 3 jours",
        "alternative": "ou au guichet, sans rendez-vous",
    },
    "event_card": {
        "title": "Orchestre de la vallée",
        "url": "/e/",
        "start": START,
        "when": "20 h 30",
        "place": "théâtre des Halles",
        "notes": ["Boucle magnétique"],
    },
    "event_dates": {"to_come": ["samedi 21 novembre à 20 h 30"], "over": ["hier"], "calendar_url": "/e.ics", "off": ""},
    "event_filters": {"form": {"audience": [("all", "Tous", True)], "free": True}, "errors": {"from": "Date ?"}},
    "state": {"kind": "soon", "text": "Ouvre à 14 h"},
    "contact_box": {"title": "État civil", "state_kind": "open", "state_text": "Ouvert jusqu’à 12 h 30", **PHONE},
    "error_summary": {"errors": [("id_name", "Écrivez le nom de naissance")]},
    "progress": {"number": 2, "total": 4, "numbers": range(1, 5)},
    "summary_list": {"rows": [Example(question="Nom", answer="Benali", change_url="/1/", lang="fr")]},
    "tracking_number": {"number": "VAL-7F3K-92QD-MXC"},
    "pagination": {"page": Paginator(range(30), 10).page(2), "query": "q=a&"},
    "stream": {"blocks": [PARAGRAPH], "untranslated": {PARAGRAPH.id}},
    "tag": {"label": "Familles", "url": "?f=1", "current": True},
    "figure": {"value": "94 %", "label": "répondues à temps"},
    "opening_hours_table": {
        "caption": "Horaires",
        "rows": [
            Example(day="Lundi", hours="9 h – 12 h 30"),
            Example(day="Mardi", hours="Fermé", today=True),
        ],
        "exceptions": ["Fermé du 24 au 26 décembre"],
    },
    "language_note": {"language": "français"},
    "search_form": {"action": "/recherche/", "label": "Rechercher sur le site"},
    "saved": {"at": START, "until": START},
    "fee": {"fee": Example(lines=[Example(label="Repas", amount="12,00 €", lang="fr")], total="12,00 €")},
    "due_box": {"announced": START.date(), "announced_note": "Suspendu.", "legal": START.date()},
    "file_list": {
        "files": [
            Example(name="vaccins.jpg", size=204_800, remove_name="remove-1", upload_url="/remplir/acte/envois/1/"),
            Example(name="virus.pdf", size=None, problem="Ce fichier contenait un virus."),
        ]
    },
    "upload_words": {"url": "/remplir/acte/envois/"},
    "field_notes": {"field": ExampleForm({})["name"]},
    "optional": {},
    "nothing_found": PHONE,
    "remedies": {},
    "absent": {"question": Example(id="q2", label="Numéro d’apiculteur"), "lang": "fr"},
    "content": {
        "question": Example(
            id="q1",
            label="Avant de commencer",
            options={"tone": "warning", "shows_title": True, "text": "<p>Un seul dossier.</p>", "text_lang": "fr"},
        )
    },
    "computed": {"question": Example(id="q2", label="Total", options={}), "shown": "12,50 €"},
}

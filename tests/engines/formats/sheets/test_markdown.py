"""Sheets in Markdown: equal after writing and reading; variants accepted, hostile files refused."""

import time

import pytest
from engines.formats.strategies import sheets
from hypothesis import HealthCheck, given, settings

from explor.engines.formats import (
    Goal,
    LeadOrganisation,
    Link,
    PartialDate,
    Sheet,
    Status,
    StructureType,
    UnreadableSheet,
    read_bytes,
    read_sheet,
    write_sheet,
)

SMALL = """# Fiche projet - Eau à Sakal

## Informations générales

**Budget** : 91.179 €

## Contexte

Un puits.
"""


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheets)
def test_every_sheet_written_as_markdown_is_read_as_an_equal_sheet(sheet):
    reading = read_sheet(write_sheet(sheet))
    assert reading.sheet == sheet
    assert reading.left_out == ()


def test_every_field_of_the_official_example_sheet_is_read(shared):
    reading = read_bytes(shared("inputs/fiche-explor.md").read_bytes())
    sheet = reading.sheet
    assert sheet.title == "EXPLOR – EXPertise LOcale et Réseau de l'international"
    assert sheet.status == Status.ONGOING
    assert sheet.start == PartialDate(year=2022, month=12)
    assert sheet.end == PartialDate(year=2024, month=12)
    assert (sheet.locality, sheet.zones, sheet.countries) == ("France", ("Europe",), ("France",))
    assert sheet.national_funders == ("Fonjep", "Min. de l'Europe et des Affaires étrangères")
    assert sheet.sectors == ("Appui-Conseil-Formation",)
    assert sheet.lead_organisation == LeadOrganisation(
        name="RESACOOP",
        structure_types=(
            StructureType(type="Agence ou organisme public", family="ÉTAT ET COLLECTIVITÉS"),
        ),
        countries=("France",),
        sectors=(
            "Appui-Conseil-Formation",
            "Éducation - Citoyenneté mondiale",
            "Information",
        ),
        address="Campus UCLy, 10 place des archives, 69002 Lyon",
        representative=sheet.lead_organisation.representative,
    )
    assert len(sheet.lead_organisation.representative or "") == 20
    assert sheet.links == (Link(label="Tout savoir du dispositif"),)
    assert sheet.blanks() == ("budget", "regional_funders", "other_funders", "goals")
    assert reading.left_out == ()
    assert reading.notes == ()


def test_the_official_example_sheet_is_written_without_losing_a_word(shared):
    source = shared("inputs/fiche-explor.md").read_text()
    written = write_sheet(read_sheet(source).sheet)
    assert read_sheet(written).sheet == read_sheet(source).sheet

    def words(text):
        return (
            text.replace("**Objectifs de Développement Durable** : --", "")
            .replace("**Objectifs de Développement Durable**", "")
            .split()
        )

    assert words(written) == words(source)


def test_each_field_of_a_sheet_is_reported_with_its_outcome_and_line():
    text = SMALL.replace("91.179 €", "beaucoup") + "\n## Photos\n\nune image\n"
    reports = {report.field: report for report in read_sheet(text).fields}
    assert (reports["title"].outcome, reports["title"].line) == ("understood", 1)
    assert (reports["budget"].outcome, reports["budget"].line) == ("left_out", 5)
    assert reports["budget"].why == ("montant incompris : « beaucoup » (attendu : « 12 000 € »)")
    assert (reports["start"].outcome, reports["start"].line) == ("absent", None)
    photos = reports[None]
    assert (photos.label, photos.text, photos.line) == ("Photos", "une image", 11)
    assert photos.why == "rubrique inconnue"


def test_a_blank_field_of_a_sheet_is_distinguished_from_an_absent_field():
    reports = {r.field: r.outcome for r in read_sheet("**Budget** : --\n\n**Pays** :\n").fields}
    assert (reports["budget"], reports["countries"]) == ("blank", "blank")
    assert reports["locality"] == "absent"


def test_a_sheet_with_other_heading_levels_bullets_and_labels_is_read():
    text = """Fiche projet : Du soleil à Fès
==============

- Zones d’intervention : Afrique du Nord
- **Pays :** Maroc, [Tunisie](#) ; Algérie
- __Financeurs nationaux__ :
  - Fonjep
  - Ministère de l’Europe
- ODD : 7 (principal), 16 Paix, justice et institutions efficaces
- Début : 2019

# PORTEUR DU PROJET
## Les Amis du soleil
Adresse : 3 rue du Four,
69002 Lyon
<https://exemple.fr/soleil>

Contexte
--------

Il fait chaud.

### Le détail

Vraiment.

### Activités :
1. Poser
"""
    sheet = read_sheet(text).sheet
    assert sheet == Sheet(
        title="Du soleil à Fès",
        start=PartialDate(year=2019),
        zones=("Afrique du Nord",),
        countries=("Maroc", "Tunisie", "Algérie"),
        national_funders=("Fonjep", "Ministère de l’Europe"),
        goals=(Goal(number=7, weight=2), Goal(number=16)),
        lead_organisation=LeadOrganisation(
            name="Les Amis du soleil", address="3 rue du Four, 69002 Lyon"
        ),
        links=(Link(label="https://exemple.fr/soleil", url="https://exemple.fr/soleil"),),
        context="Il fait chaud.\n\n### Le détail\n\nVraiment.",
        activities="1. Poser",
    )


def test_sustainable_goals_given_by_label_without_number_are_recognised():
    reading = read_sheet("**ODD** : Éducation de qualité, Paix, justice et institutions efficaces")
    assert reading.sheet.goals == (Goal(number=4), Goal(number=16))


def test_the_part_of_a_value_that_cannot_be_parsed_is_reported():
    reading = read_sheet("**ODD** : 4, 23\n\n**Pays** : [Mali](https://exemple.fr)\n")
    reports = {report.field: report for report in reading.fields}
    assert reading.sheet.goals == (Goal(number=4),)
    assert reports["goals"].outcome == "understood"
    assert reports["goals"].why == "ODD inconnu : « 23 » (de 1 à 17)"
    assert reports["countries"].why == "adresse non gardée : https://exemple.fr"


def test_a_field_given_twice_keeps_the_first_value_and_reports_the_second():
    reading = read_sheet("**Budget** : 3 €\n\n**Budget** : 4 €\n")
    assert str(reading.sheet.budget) == "3 €"
    assert [(r.label, r.why, r.line) for r in reading.left_out] == [
        ("Budget", "déjà lu à la ligne 1", 3)
    ]


def test_an_unknown_status_or_a_line_outside_every_field_of_a_sheet_is_reported():
    reading = read_sheet("# Eau\n\n### PROJET ABANDONNÉ\n\nbonjour\n\n## Contexte\n\nx\n")
    assert reading.sheet.status is None
    assert [(r.label, r.line) for r in reading.left_out] == [("Statut", 3), ("bonjour", 5)]


def test_a_project_that_ends_before_its_start_gets_a_note():
    notes = read_sheet("**Date de début** : 2024\n\n**Date de fin** : 2022\n").notes
    assert [note.text for note in notes] == ["La date de fin précède la date de début."]


def test_a_markdown_file_with_a_byte_order_mark_is_read_with_a_note():
    reading = read_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert reading.sheet.title == "Eau à Sakal"
    assert [note.text for note in reading.notes] == ["Marque d’ordre des octets (BOM) retirée."]


@pytest.mark.parametrize(
    ("damaged", "message", "line"),
    [
        ("Ã©cole", "Accents abîmés (« Ã© » au lieu de « é »).", 9),
        ("\ufffdcole", "Caractère illisible « \ufffd » : le texte a été abîmé.", 9),
        ("<script>x</script>", "Balise HTML gardée comme du simple texte.", 9),
        ("[x](javascript:a)", "Lien dangereux neutralisé.", 9),
    ],
)
def test_damaged_or_hostile_text_gets_a_note_with_its_line(damaged, message, line):
    notes = read_sheet(SMALL.replace("Un puits.", damaged)).notes
    assert [(note.text, note.line) for note in notes] == [(message, line)]


def test_the_sixth_and_later_equal_notes_on_a_sheet_are_summed_up_in_one_note():
    notes = read_sheet(SMALL + "<b>\n" * 12).notes
    assert [note.line for note in notes] == [10, 11, 12, 13, 14, None]
    assert notes[-1].text == "Balise HTML gardée comme du simple texte. (7 autres lignes)"


def test_a_dangerous_link_of_the_lead_organisation_loses_its_url():
    reading = read_sheet("## Porteur du projet\n\n[Tout savoir](javascript:alert)\n")
    assert reading.sheet.links == (Link(label="Tout savoir"),)
    (report,) = [r for r in reading.fields if r.field == "links"]
    assert report.why == "adresse refusée, texte gardé : « javascript:alert »"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Le fichier est vide."),
        (b" \n\xef\xbb\xbf", "Le fichier est vide."),
        ("\ufeff# é".encode("utf-16-le"), "Le fichier est en UTF-16"),
        (b"# Fiche\0", "contenu binaire"),
        (b"%PDF-1.7 x", "contenu binaire"),
        (SMALL.encode("cp1252"), "pas en UTF-8 .ligne 1. ; il semble en Windows-1252"),
        (b"x" * 10_000_000, "trop gros"),
        (b"Bonjour, voici mon projet.", "Aucune rubrique"),
        (SMALL.encode() + b">" * 60, "Imbrication excessive à la ligne 10"),
        (SMALL.encode() + b"[" * 600, "Imbrication excessive à la ligne 10"),
        (b"**Budget** : 3\n" * 2000, "une seule fiche"),
        (SMALL.encode() + b"\n" * 20_001, "plus de 20000 lignes"),
    ],
)
def test_a_file_that_cannot_be_a_sheet_is_refused_with_a_french_message(data, message):
    with pytest.raises(UnreadableSheet, match=message):
        read_bytes(data)


@pytest.mark.parametrize(
    "repeated",
    ["[a", "](  ", "`a", "<a", "\\[", "**a", "# a\n", "```\n", "\n", " ", "&#;", "- a\n"],
)
def test_a_hostile_file_of_the_largest_size_is_processed_in_under_five_seconds(repeated):
    data = (SMALL + repeated * (900_000 // len(repeated))).encode()
    began = time.process_time()
    try:
        outcome = read_bytes(data).sheet.title
    except UnreadableSheet as refusal:
        outcome = str(refusal)
    assert outcome.startswith(("Eau à Sakal", "Le fichier compte plus de 20000 lignes"))
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "vide"), (" \n", "vide"), ("a\0b", "binaire"), ("a" * 1_000_001, "trop gros")],
)
def test_a_pasted_sheet_has_the_same_checks_as_a_file(text, message):
    with pytest.raises(UnreadableSheet, match=message):
        read_sheet(text)


@pytest.mark.parametrize("name", ["Contexte", "Adresse", "Nom", "Porteur du projet", "Activités :"])
def test_a_lead_organisation_with_the_name_of_a_sheet_heading_keeps_its_name(name):
    sheet = Sheet(lead_organisation=LeadOrganisation(name=name))
    assert read_sheet(write_sheet(sheet)).sheet == sheet


@pytest.mark.parametrize(
    "text",
    [
        "### Contexte\n\nsuite",
        "\\### Contexte",
        "\\\\### Résultats",
        "un\n\n#### Activités\n\ndeux",
        "```\n# Contexte\n```",
    ],
)
def test_a_heading_inside_a_section_never_starts_another_section(text):
    sheet = Sheet(objectives=text, results="fin")
    assert read_sheet(write_sheet(sheet)).sheet == sheet
    assert sheet.objectives == text


def test_an_unknown_sustainable_goal_of_a_sheet_is_omitted_and_reported():
    (report,) = read_sheet("**ODD** : la paix\n").left_out
    assert report.why == "ODD inconnu : « la paix » (attendu : un numéro de 1 à 17)"


def test_text_under_an_unknown_heading_is_omitted_until_the_next_known_heading():
    text = SMALL + "\n## Photos\n\n### Une\n\n**Budget** : 4 €\n\n### Résultats\n\nUn puits\n"
    reading = read_sheet(text)
    assert reading.sheet.results == "Un puits"
    assert [(r.label, r.text) for r in reading.left_out] == [
        ("Photos", "### Une\n\n**Budget** : 4 €")
    ]


def test_field_labels_written_as_headings_and_section_titles_as_labels_are_read():
    text = """# Eau

### Budget

300 €

### Statut du projet : terminé

## Porteur du projet

**Nom** : Des puits

### Adresse
Lyon

### Autre chose
"""
    reading = read_sheet(text)
    assert str(reading.sheet.budget) == "300 €"
    assert (reading.sheet.lead_organisation.name, reading.sheet.lead_organisation.address) == (
        "Des puits",
        "Lyon",
    )


def test_a_field_of_a_sheet_that_is_too_long_is_omitted():
    (report,) = read_sheet("**Pays** : " + "a," * 30_000).left_out
    assert report.why == "trop long (plus de 50000 caractères)"

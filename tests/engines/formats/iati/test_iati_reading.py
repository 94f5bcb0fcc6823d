"""IATI activities of other publishers read as sheets, with a minimal file for each rule."""

from datetime import date
from decimal import Decimal

import pytest

from explor.engines.formats import Goal, Money, PartialDate, Status, status_on
from explor.engines.formats.iati import dac_sector, read_activities
from explor.engines.formats.iati._texts import plain


def reading(inside, attributes='default-currency="EUR"'):
    text = f'<iati-activities version="2.03"><iati-activity {attributes}>{inside}</iati-activity></iati-activities>'  # noqa: E501
    (read,) = read_activities(text.encode())
    return read


def budget(amount, year=2024, **attributes):
    values = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return (
        f'<budget{values}><period-start iso-date="{year}-01-01"/>'
        f'<period-end iso-date="{year}-12-31"/><value>{amount}</value></budget>'
    )


def payment(code, amount, inside=""):
    return (
        f'<transaction><transaction-type code="{code}"/><value>{amount}</value>{inside}'
        "</transaction>"
    )


def notes(read):
    return [note.text for note in read.notes]


def named(tag, text, **attributes):
    values = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{values}><narrative>{text}</narrative></{tag}>"


def test_a_revised_budget_replaces_the_original_one_of_its_period():
    read = reading(budget(100000, type=1, status=2) + budget(120000, type=2, status=2))
    assert read.sheet.budget == Money(amount=Decimal(120000))
    assert notes(read) == [
        "Non repris : 1 budget d’origine (100 000 EUR, remplacé par le budget révisé)."
    ]


def test_budgets_of_consecutive_years_are_added_and_an_indicative_budget_is_reported():
    read = reading(budget(100, status=2) + budget(50, 2025, status=1))
    assert read.sheet.budget == Money(amount=Decimal(150))
    assert notes(read) == ["Budget en partie indicatif, sans engagement."]


def test_budgets_of_an_activity_whose_periods_overlap_are_not_added():
    read = reading(budget(100, status=2) + budget(70, status=2))
    assert read.sheet.budget is None
    assert notes(read) == ["Des budgets se recouvrent (100 EUR ; 70 EUR) : aucun n’est repris."]


def test_the_budget_of_the_full_period_replaces_the_budgets_of_its_years():
    whole = budget(300, status=2).replace("2024-12-31", "2026-12-31")
    read = reading(whole + budget(100, 2025, status=2) + budget(90, 2026, status=2))
    assert read.sheet.budget == Money(amount=Decimal(300))
    assert notes(read) == [
        "3 budgets se recouvrent : seul celui de toute la période est repris.",
        "Non repris : 2 budgets (100 EUR ; 90 EUR).",
    ]


def test_commitments_replace_a_missing_budget_and_payments_are_reported_once():
    read = reading(payment(2, 40) + payment(2, 60) + payment(3, 10) + payment(3, "20.5"))
    assert read.sheet.budget == Money(amount=Decimal(100))
    assert notes(read) == [
        "Pas de budget dans le fichier : le montant est celui des 2 engagements.",
        "Non repris : 2 versements (30,50 EUR).",
    ]


def test_planned_disbursements_replace_a_missing_budget():
    read = reading("<planned-disbursement><value>70</value></planned-disbursement>")
    assert read.sheet.budget == Money(amount=Decimal(70))
    assert "versements prévus" in notes(read)[0]


@pytest.mark.parametrize("text", ["1234,50", "12.000,5", "1e5", "douze", "1,23,456"])
def test_an_ambiguous_amount_is_reported_and_never_guessed(text):
    read = reading(budget(text, status=2))
    assert read.sheet.budget is None
    assert notes(read)[0] == f"Montant de budget incompris : « {text} »."


def test_a_country_a_region_or_a_sector_given_only_by_transactions_is_read():
    inside = (
        '<sector vocabulary="1" code="14031"/><recipient-country code="sn"/>'
        '<recipient-region code="1030"/>'
    )
    sheet = reading(payment(3, 10, inside)).sheet
    assert sheet.countries == ("SN",)
    assert sheet.zones == ("Afrique de l’Ouest",)
    assert [name[-11:] for name in sheet.sectors] == ["(CAD 14031)"]


def test_a_region_outside_the_dac_vocabulary_is_named_by_its_own_text():
    inside = named("recipient-region", "Sahel", vocabulary="99", code="289")
    read = reading(inside + '<recipient-region vocabulary="99" code="67"/>')
    assert read.sheet.zones == ("Sahel",)
    assert notes(read) == ["Non repris : 1 région sans nom connu (code 67)."]


def test_the_lead_organisation_is_listed_neither_as_a_partner_nor_as_a_funder():
    inside = "".join(
        named("participating-org", name, role=role, ref=ref)
        for name, role, ref in (
            ("Une ONG", 2, "A"), ("UNE ONG", 1, ""), ("Une ONG, siège", 4, "A"),
            ("Un relais", 3, ""), ("Un bailleur", 1, ""), ("Une coopérative", 4, ""),
        )
    )  # fmt: skip
    sheet = reading(inside + '<participating-org role="4" ref="XX-1"/>').sheet
    assert sheet.lead_organisation.name == "Une ONG"
    assert sheet.other_funders == ("Un bailleur",)
    assert sheet.local_partners == "- Un relais (intermédiaire)\n- Une coopérative\n- XX-1"


@pytest.mark.parametrize(
    ("code", "status", "word"),
    [
        ("1", Status.UPCOMING, ""), ("2", Status.ONGOING, ""), ("3", Status.FINISHED, "achevée"),
        ("4", Status.FINISHED, ""), ("5", Status.TO_CONFIRM, "annulée"),
        ("6", Status.TO_CONFIRM, "suspendue"), ("9", None, "inconnu"),
    ],
)  # fmt: skip
def test_an_activity_status_is_read_and_a_status_unknown_to_sheets_is_reported(code, status, word):
    read = reading(f'<activity-status code="{code}"/>')
    assert read.sheet.status == status
    assert word in " ".join(notes(read))
    assert bool(notes(read)) is bool(word)


def test_an_end_date_before_the_start_date_is_omitted_and_reported():
    read = reading(
        '<activity-date type="1" iso-date="2024-05-01"/>'
        '<activity-date type="3" iso-date="2023-05-01"/>'
    )
    assert (read.sheet.start, read.sheet.end) == (PartialDate(year=2024, month=5, day=1), None)
    assert notes(read) == [
        "La fin (1er mai 2023) précède le début (1er mai 2024) : fin non reprise."
    ]


def test_a_description_keeps_its_paragraphs_and_its_html_becomes_plain_text():
    inside = (
        '<description type="1"><narrative>Un premier.</narrative>'
        "<narrative>&lt;p&gt;Un &lt;b&gt;autre&lt;/b&gt;&amp;nbsp;ici.&lt;/p&gt;&lt;ul&gt;"
        "&lt;li&gt;a&lt;/li&gt;&lt;li&gt;b&lt;/li&gt;&lt;/ul&gt;&lt;script&gt;x()&lt;/script&gt;"
        "</narrative></description>"
    )
    assert reading(inside).sheet.context == "Un premier.\n\nUn autre ici.\n\n- a\n- b"
    assert plain('Voir <a href="https://a.example/">le site</a>, 5 < 6') == (
        "Voir le site (https://a.example/), 5 < 6"
    )


def test_omitted_texts_in_another_language_are_counted_in_a_remark():
    inside = (
        '<title><narrative xml:lang="fr">De l’eau</narrative>'
        '<narrative xml:lang="es">Agua</narrative></title>'
    )
    read = reading(inside)
    assert read.sheet.title == "De l’eau"
    assert notes(read) == ["Non repris : 1 texte dans une autre langue (espagnol)."]


def test_the_results_of_an_activity_are_read_with_their_indicators():
    inside = (
        '<result type="1"><title><narrative>De l’eau</narrative></title><indicator measure="1">'
        '<title><narrative>Puits</narrative></title><baseline year="2020" value="2"/><period>'
        '<period-start iso-date="2021-01-01"/><period-end iso-date="2022-12-31"/>'
        '<target value="10"/><actual value="8"/></period></indicator></result>'
    )
    assert reading(inside).sheet.results == (
        "### De l’eau\n\n- Puits : au départ 2 (2020) ; 2021-2022, cible 10, réalisé 8"
    )


def test_documents_beyond_the_limit_are_reported_once_and_no_contact_is_read():
    documents = "".join(
        named("document-link", "", url=f"https://a.example/{n}").replace("narrative", "title")
        for n in range(62)
    )
    contact = (
        "<contact-info><person-name><narrative>Awa</narrative></person-name>"
        "<email>awa@a.example</email><website>www.a.example</website></contact-info>"
    )
    read = reading(documents + contact)
    assert len(read.sheet.links) == 50
    assert notes(read) == [
        "Non repris : 13 documents (50 sont repris).",
        "Non repris : 1 contact (les coordonnées ne sont pas publiées).",
    ]
    assert "Awa" not in str(read) and "awa@" not in str(read)
    assert reading(contact).sheet.links[0].url == "https://www.a.example"


def test_related_activities_are_counted_by_kind_in_a_remark():
    inside = '<related-activity type="1" ref="X-1"/>' + '<related-activity type="2" ref="X-2"/>' * 2
    assert notes(reading(inside)) == [
        "Non repris : 1 activité mère (X-1).",
        "Non repris : 2 activités filles (X-2).",
    ]


def test_percentages_with_a_wrong_total_are_reported_unless_rounding_explains_the_gap():
    def shares(*values):
        return "".join(
            f'<sector vocabulary="1" code="140{n}0" percentage="{value}"/>'
            for n, value in enumerate(values, 1)
        )

    def totals(*values):
        return [note for note in notes(reading(shares(*values))) if "au lieu" in note]

    assert totals("33.33", "33.33", "33.33") == []
    assert totals("60", "30") == ["Les parts des secteurs font 90 % au lieu de 100."]


def test_the_elements_of_iati_version_1_are_still_read():
    read = reading(
        "<title>Des puits</title><description>Un texte.</description>"
        '<participating-org role="Implementing">Une coopérative</participating-org>'
        '<activity-date type="start-actual" iso-date="2012-02-01"/>'
        '<sector vocabulary="DAC" code="14030"/><activity-website>http://a.example</activity-website>'
        + payment("C", 90)
    )
    sheet = read.sheet
    assert (sheet.title, sheet.context, sheet.start) == (
        "Des puits",
        "Un texte.",
        PartialDate(year=2012, month=2, day=1),
    )
    assert (sheet.budget, sheet.local_partners) == (Money(amount=Decimal(90)), "- Une coopérative")
    assert sheet.sectors[0].endswith("(CAD 14030)")
    assert sheet.links[0].url == "http://a.example"


def test_the_remarks_on_an_activity_use_plain_words_and_no_python_values():
    read = reading('<tag vocabulary="2" code="3"/><document-link url="https://a.example/"/>')
    shown = {report.label: report.text for report in read.fields}
    assert shown["Objectifs de développement durable"] == "ODD 3"
    assert shown["Liens"] == "https://a.example/"
    assert read.sheet.goals == (Goal(number=3),)
    assert not any(word in str(shown) for word in ("None", "Goal(", "Link(", "PartialDate("))


def test_a_read_sheet_keeps_the_identifier_of_its_source_activity():
    assert reading("<iati-identifier> X-1 </iati-identifier>").source_id == "X-1"
    assert reading("<title/>").source_id is None


def test_a_dac_sector_code_is_converted_to_a_sector_of_the_reference_list_or_none():
    assert (dac_sector("14021"), dac_sector("151"), dac_sector("21020"), dac_sector("0")) == (
        "EAU",
        "GOUV",
        "",
        "",
    )


@pytest.mark.parametrize("code", ["5", "6"])
def test_a_cancelled_or_suspended_activity_has_a_status_to_confirm(code):
    sheet = reading(
        f'<activity-status code="{code}"/><activity-date type="1" iso-date="2026-01-01"/>'
        '<activity-date type="3" iso-date="2026-12-31"/>'
    ).sheet
    for today in (date(2025, 6, 1), date(2026, 6, 1)):
        shown = status_on(today, start=sheet.start, end=sheet.end, declared=sheet.status)
        assert shown == Status.TO_CONFIRM


def test_titles_in_two_elements_as_in_version_1_are_read_in_french():
    read = reading('<title xml:lang="en">Food aid</title><title xml:lang="fr">Aide</title>')
    assert read.sheet.title == "Aide"
    assert notes(read) == ["Non repris : 1 texte dans une autre langue (anglais)."]


def test_a_second_title_in_the_same_language_is_reported():
    read = reading("<title>Forêts</title><title>Services des forêts</title>")
    assert read.sheet.title == "Forêts"
    assert notes(read) == ["Non repris : 1 autre titre (Services des forêts)."]


def test_a_second_identifier_is_reported():
    inside = "<iati-identifier>XM-1</iati-identifier><iati-identifier>XM-2</iati-identifier>"
    read = reading(inside)
    assert read.source_id == "XM-1"
    assert notes(read) == ["Non repris : 1 autre identifiant."]

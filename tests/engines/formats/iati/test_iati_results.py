"""Results of an IATI activity: the periods and groups of the measured values."""

from engines.formats.iati.samples import reading


def test_the_period_of_a_measured_value_keeps_its_days_when_it_is_not_a_full_year():
    inside = (
        '<result type="1"><title><narrative>Eau</narrative></title><indicator measure="1">'
        '<title><narrative>Puits</narrative></title><period><period-start iso-date="2020-05-01"/>'
        '<period-end iso-date="2020-07-31"/><target value="10"/><actual value="8"/></period>'
        "</indicator></result>"
    )
    assert reading(inside).sheet.results == (
        "### Eau\n\n- Puits : du 1er mai 2020 au 31 juillet 2020, cible 10, réalisé 8"
    )


def test_a_measured_value_is_read_with_the_group_that_it_counts():
    inside = (
        '<result type="1"><title><narrative>Aide</narrative></title><indicator measure="1">'
        "<title><narrative>Personnes</narrative></title><period>"
        '<period-end iso-date="2018-12-31"/>'
        '<target value="7"><dimension name="sexe" value="femmes"/></target>'
        '<actual value="5"><dimension name="sexe" value="femmes"/>'
        '<dimension name="âge" value="18 ans et plus"/></actual></period></indicator></result>'
    )
    assert reading(inside).sheet.results == (
        "### Aide\n\n- Personnes : jusqu’au 31 décembre 2018, "
        "cible 7 (femmes), réalisé 5 (femmes, 18 ans et plus)"
    )

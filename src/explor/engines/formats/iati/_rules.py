"""The rules of IATI 2.03 that its schema cannot express, each with its message in French.

Source, also of the identifiers and severities:
https://iatistandard.org/en/iati-standard/203/rulesets/. A rule is an XPath that is true when the
rule is respected (where `$today` is the date as a number, such as 20261123), or a function of the
element and of that number.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from ._findings import Severity

Test = Callable[["etree._Element", int], bool]

ACTIVITY = "/iati-activities/iati-activity"
ORGANISATION = "/iati-organisations/iati-organisation"
TRANSACTION = f"{ACTIVITY}/transaction"
INDICATOR = f"{ACTIVITY}/result/indicator"
MONEY = f"{TRANSACTION} | {ACTIVITY}/planned-disbursement"
BUDGETS = " | ".join(
    (
        f"{ACTIVITY}/budget",
        f"{ACTIVITY}/planned-disbursement",
        f"{ORGANISATION}/total-budget",
        f"{ORGANISATION}/recipient-org-budget",
        f"{ORGANISATION}/recipient-country-budget",
        f"{ORGANISATION}/recipient-region-budget",
        f"{ORGANISATION}/total-expenditure",
    )
)
MEASURED = f"{INDICATOR}[@measure='1' or @measure='2' or @measure='3' or @measure='4']"
DESCRIBED = f"{INDICATOR}[@measure='5']"
DAC = "(@vocabulary='1' or @vocabulary='' or not(@vocabulary))"
PLACED = "(recipient-country or recipient-region)"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of the standard, checked on every element that the XPath `on` selects.

    `test` takes an element and the date as a number, and returns whether the rule is respected.
    """

    id: str
    severity: Severity
    on: str
    test: Test
    message: str


def _holds(expression: str) -> Test:
    compiled = etree.XPath(f"boolean({expression})")
    return lambda element, today: bool(compiled(element, today=today))


def _day(path: str) -> str:
    """Return the XPath expression of the date at `path` as a number such as 20261123.

    The expression evaluates to NaN when there is no date.
    """
    return f"number(translate(substring({path}, 1, 10), '-', ''))"


def _ordered(first: str, last: str) -> Test:
    return _holds(f"not({_day(first)} > {_day(last)})")


def _past(nodes: str, attribute: str) -> Test:
    return _holds(f"not({nodes}[{_day(attribute)} > $today])")


def _bare(path: str) -> Test:
    """Return a test that the identifiers at an XPath have no spaces around them.

    Line breaks count as spaces.
    """
    compiled = etree.XPath(path)
    return lambda element, today: all(text == text.strip() for text in _texts(compiled, element))


def _plain(path: str) -> Test:
    """Return a test that the identifiers at an XPath contain none of / & | and ?.

    The standard forbids these signs.
    """
    compiled = etree.XPath(path)
    return lambda element, today: (
        not any(set(text) & set("/&|?") for text in _texts(compiled, element))
    )


def _texts(compiled: "etree.XPath", element: "etree._Element") -> list[str]:
    values: Any = compiled(element)
    return [str(text) for text in values]


def _percentage(element: "etree._Element") -> Decimal | None:
    try:
        return Decimal(element.get("percentage", ""))
    except InvalidOperation:
        return None


def _groups(element: "etree._Element", tag: str) -> list[list["etree._Element"]]:
    """Return the children with this tag, grouped by vocabulary (DAC when it is not given)."""
    groups = defaultdict(list)
    for child in element.findall(tag):
        groups[child.get("vocabulary") or "1"].append(child)
    return list(groups.values())


def _each_has_share(tag: str) -> Test:
    return lambda element, today: all(
        len(group) == 1 or all(child.get("percentage") for child in group)
        for group in _groups(element, tag)
    )


def _lone_share_is_full(tag: str) -> Test:
    return lambda element, today: all(
        len(group) > 1 or _percentage(group[0]) in (None, Decimal(100))
        for group in _groups(element, tag)
    )


def _shares_add_up(tag: str) -> Test:
    def test(element: "etree._Element", today: int) -> bool:
        groups = [[_percentage(child) for child in group] for group in _groups(element, tag)]
        return all(
            len(group) < 2 or None in group or sum(filter(None, group)) == 100 for group in groups
        )

    return test


def _places_add_up(element: "etree._Element", today: int) -> bool:
    """Return whether the percentages of countries and regions add up to 100.

    The regions of each vocabulary are added to the countries separately. When a percentage is
    missing, the sum is not checked.
    """
    countries = element.findall("recipient-country")
    for regions in _groups(element, "recipient-region") or [[]]:
        shares = [_percentage(place) for place in (*countries, *regions)]
        if len(shares) > 1 and None not in shares and sum(filter(None, shares)) != 100:
            return False
    return True


def _items_add_up(element: "etree._Element", today: int) -> bool:
    shares = [_percentage(item) for item in element.findall("budget-item")]
    return len(shares) < 2 or None in shares or sum(filter(None, shares)) == 100


def _within_a_year(element: "etree._Element", today: int) -> bool:
    try:
        days = [
            date.fromisoformat(element.find(tag).get("iso-date", "")[:10])  # type: ignore[union-attr]
            for tag in ("period-start", "period-end")
        ]
    except (AttributeError, ValueError):
        return True  # the schema already says so
    return (days[1] - days[0]).days <= 366


def _rule(number: str, severity: Severity, on: str, test: Test | str, message: str) -> Rule:
    ready = _holds(test) if isinstance(test, str) else test
    return Rule(id=number, severity=severity, on=on, test=ready, message=message)


def _identifiers() -> list[Rule]:
    """Return the rules 1.x on identifiers: no spaces around them, none of the signs / & | ?."""
    named = (
        ("1.3", ACTIVITY, "iati-identifier/text()", "de l’activité"),
        ("1.14", ACTIVITY, "reporting-org/@ref", "de l’organisation déclarante"),
        ("1.11", f"{ACTIVITY}/other-identifier/owner-org", "@ref", "du propriétaire"),
        ("1.10", MONEY, "provider-org/@ref", "du payeur"),
        ("1.15", MONEY, "receiver-org/@ref", "du bénéficiaire"),
        ("1.8", f"{ACTIVITY}/participating-org", "@ref", "de l’organisation participante"),
        ("1.12", ORGANISATION, "organisation-identifier/text()", "de l’organisation"),
        ("1.18", ORGANISATION, "reporting-org/@ref", "de l’organisation déclarante"),
    )
    spaced = (
        ("1.16", ACTIVITY, "other-identifier[@type='B1']/@ref", "précédent de l’organisation"),
        ("1.6", ACTIVITY, "other-identifier[@type='A3']/@ref", "précédent de l’activité"),
        ("1.7", ACTIVITY, "related-activity/@ref", "de l’activité liée"),
        ("1.4", MONEY, "provider-org/@provider-activity-id", "de l’activité du payeur"),
        ("1.5", MONEY, "receiver-org/@receiver-activity-id", "de l’activité du bénéficiaire"),
        ("1.9", f"{ACTIVITY}/participating-org", "@activity-id", "de l’activité participante"),
        ("1.17", ORGANISATION, "recipient-org-budget/recipient-org/@ref", "du destinataire"),
    )
    rules = []
    for number, on, path, whose in (*named, *spaced):
        message = f"L’identifiant {whose} commence ou finit par une espace."
        rules.append(_rule(f"{number}.1", "warning", on, _bare(path), message))
    for number, on, path, whose in named:
        message = f"L’identifiant {whose} contient l’un des signes / & | ?."
        rules.append(_rule(f"{number}.13", "warning", on, _plain(path), message))
    return rules


def _values() -> list[Rule]:
    """Return the rules 8.8 to 8.10, on the values of indicators."""
    rules = []
    for number, path, what in (
        ("8.8", "baseline", "La valeur de départ"),
        ("8.9", "period/target", "La cible"),
        ("8.10", "period/actual", "La valeur atteinte"),
    ):
        on = f"{MEASURED}/{path}"
        rules += [
            _rule(f"{number}.1", "error", on, "@value", f"{what} d’un indicateur chiffré manque."),
            _rule(
                f"{number}.2",
                "warning",
                on,
                "not(@value) or number(@value) = @value",
                f"{what} d’un indicateur chiffré n’est pas un nombre.",
            ),
            _rule(
                f"{number}.3",
                "warning",
                f"{DESCRIBED}/{path}",
                "not(@value)",
                f"{what} d’un indicateur qualitatif ne doit pas être un nombre.",
            ),
        ]
    return rules


# fmt: off
RULES: tuple[Rule, ...] = (
    _rule("1.1.3", "error", ACTIVITY, "not(reporting-org/@ref = iati-identifier)",
          "L’identifiant de l’activité est celui de l’organisation déclarante."),
    _rule("1.1.21", "warning", ACTIVITY,
          "starts-with(iati-identifier, concat(reporting-org/@ref, '-')) or "
          "other-identifier[@type='B1'][starts-with(../iati-identifier, concat(@ref, '-'))]",
          "L’identifiant de l’activité ne commence pas par celui de l’organisation déclarante."),
    *_identifiers(),
    _rule("102.1.1", "warning", ACTIVITY, f"not(sector) or sector[{DAC}]",
          "Aucun secteur du CAD (vocabulaire 1) n’accompagne les autres."),
    _rule("107.1.1", "warning", ACTIVITY, f"not(default-aid-type) or default-aid-type[{DAC}]",
          "Aucun type d’aide du CAD (vocabulaire 1) n’accompagne les autres."),
    _rule("107.1.2", "warning", ACTIVITY,
          "not(default-aid-type[@vocabulary = preceding-sibling::default-aid-type/@vocabulary]) "
          "and "
          f"count(default-aid-type[{DAC}]) < 2",
          "Un vocabulaire de types d’aide est employé deux fois."),
    _rule("107.2.1", "warning", ACTIVITY,
          f"not(transaction/aid-type) or transaction/aid-type[{DAC}]",
          "Aucun type d’aide du CAD n’accompagne les autres sur les mouvements."),
    _rule("107.2.2", "warning", TRANSACTION,
          "not(aid-type[@vocabulary = preceding-sibling::aid-type/@vocabulary]) and "
          f"count(aid-type[{DAC}]) < 2",
          "Un mouvement emploie deux fois un vocabulaire de types d’aide."),
    _rule("11.1.1", "error", ACTIVITY, f"not({_day('@last-updated-datetime')} > $today)",
          "La dernière mise à jour est dans le futur."),
    _rule("11.4.1", "error", ORGANISATION, f"not({_day('@last-updated-datetime')} > $today)",
          "La dernière mise à jour est dans le futur."),
    _rule("11.1.2", "error", ACTIVITY,
          _ordered("activity-date[@type='1']/@iso-date", "activity-date[@type='3']/@iso-date"),
          "La fin prévue précède le début prévu."),
    _rule("11.1.3", "error", ACTIVITY,
          _ordered("activity-date[@type='2']/@iso-date", "activity-date[@type='4']/@iso-date"),
          "La fin réelle précède le début réel."),
    _rule("11.1.4", "error", ACTIVITY, _past("activity-date[@type='2']", "@iso-date"),
          "Le début réel est dans le futur."),
    _rule("11.1.5", "error", ACTIVITY, _past("activity-date[@type='4']", "@iso-date"),
          "La fin réelle est dans le futur."),
    _rule("11.2.1", "error", ACTIVITY, _past("transaction/transaction-date", "@iso-date"),
          "Un mouvement d’argent est daté du futur."),
    _rule("11.2.2", "error", ACTIVITY, _past("transaction/value", "@value-date"),
          "La date de valeur d’un mouvement est dans le futur."),
    _rule("11.3.1", "error", f"{ORGANISATION}/recipient-country-budget",
          f"not(budget-line/value[{_day('@value-date')} < "
          f"{_day('../../period-start/@iso-date')} or {_day('@value-date')} > "
          f"{_day('../../period-end/@iso-date')}])",
          "Une ligne de budget est datée hors de sa période."),
    _rule("12.1.1", "error", ACTIVITY,
          "not((recipient-country | recipient-region)/@percentage[. < 0 or . > 100])",
          "Le pourcentage d’un pays ou d’une région sort de 0 à 100."),
    _rule("12.2.1", "error", ACTIVITY,
          "not((capital-spend | country-budget-items/budget-item)/@percentage[. < 0 or . > 100])",
          "Un pourcentage du budget sort de 0 à 100."),
    _rule("12.3.1", "error", ACTIVITY, "not(sector/@percentage[. < 0 or . > 100])",
          "Le pourcentage d’un secteur sort de 0 à 100."),
    _rule("2.1.1", "error", ACTIVITY, _each_has_share("sector"),
          "Plusieurs secteurs d’un vocabulaire : chacun doit avoir son pourcentage."),
    _rule("2.1.2", "error", ACTIVITY, _shares_add_up("sector"),
          "Les pourcentages des secteurs d’un vocabulaire ne font pas 100."),
    _rule("2.1.4", "error", ACTIVITY, _lone_share_is_full("sector"),
          "Le seul secteur d’un vocabulaire doit être à 100 %, ou sans pourcentage."),
    _rule("2.2.1", "error", ACTIVITY,
          "not(sector[@vocabulary='98' or @vocabulary='99'][not(narrative)])",
          "Un secteur propre à l’organisation (98 ou 99) doit dire son nom."),
    _rule("3.1.1", "error", ACTIVITY,
          "recipient-region or count(recipient-country) < 2 or "
          "not(recipient-country[not(@percentage)])",
          "Plusieurs pays : chacun doit avoir son pourcentage."),
    _rule("3.1.2", "error", ACTIVITY,
          lambda activity, today: activity.find("recipient-region") is not None
          or _places_add_up(activity, today),
          "Les pourcentages des pays ne font pas 100."),
    _rule("3.1.4", "error", ACTIVITY,
          "recipient-region or count(recipient-country) != 1 or "
          "not(recipient-country/@percentage) or recipient-country/@percentage = 100",
          "Le seul pays doit être à 100 %, ou sans pourcentage."),
    _rule("3.4.1", "error", ACTIVITY, _each_has_share("recipient-region"),
          "Plusieurs régions : chacune doit avoir son pourcentage."),
    _rule("3.4.2", "error", ACTIVITY,
          lambda activity, today: activity.find("recipient-region") is None
          or _places_add_up(activity, today),
          "Les pourcentages des pays et des régions ne font pas 100."),
    _rule("3.4.4", "error", ACTIVITY,
          lambda activity, today: activity.find("recipient-country") is not None
          or _lone_share_is_full("recipient-region")(activity, today),
          "La seule région doit être à 100 %, ou sans pourcentage."),
    _rule("3.6.2", "error", ACTIVITY, f"not({PLACED}) or not(transaction[{PLACED}])",
          "Pays et régions se disent sur l’activité ou sur les mouvements, pas sur les deux."),
    _rule("3.7.1", "error", ACTIVITY, f"{PLACED} or transaction[{PLACED}]",
          "Aucun pays ni aucune région n’est dit."),
    _rule("3.7.2", "error", ACTIVITY, f"{PLACED} or not(transaction[not({PLACED})])",
          "Un mouvement ne dit ni pays ni région, et l’activité non plus."),
    _rule("4.1.1", "error", ACTIVITY, "@xml:lang or not(.//narrative[not(@xml:lang)])",
          "La langue n’est pas dite, ni sur l’activité ni sur chaque texte."),
    _rule("4.5.1", "error", ORGANISATION, "@xml:lang or not(.//narrative[not(@xml:lang)])",
          "La langue n’est pas dite, ni sur l’organisation ni sur chaque texte."),
    _rule("4.3.1", "error", "//title", "narrative/text()", "Un titre est vide."),
    _rule("4.4.1", "error", "//description", "narrative/text()", "Une description est vide."),
    _rule("6.10.1", "error", f"{ACTIVITY}/participating-org", "@ref or narrative",
          "Une organisation participante n’a ni identifiant ni nom."),
    _rule("6.11.1", "error", ACTIVITY, "activity-date[@type='1' or @type='2']",
          "La date de début, prévue ou réelle, manque."),
    _rule("6.13.1", "error", f"{ACTIVITY}/policy-marker", "@vocabulary!='99' or narrative "
          "or not(@vocabulary)", "Un marqueur propre à l’organisation (99) doit dire son nom."),
    _rule("6.14.1", "error", f"{ACTIVITY}/policy-marker", f"not({DAC}) or @significance",
          "Un marqueur du CAD doit dire son importance."),
    _rule("6.2.2", "error", ACTIVITY, "sector or transaction/sector", "Aucun secteur n’est dit."),
    _rule("6.6.2", "error", ACTIVITY, "not(sector) or not(transaction/sector)",
          "Les secteurs se disent sur l’activité ou sur les mouvements, pas sur les deux."),
    _rule("6.7.2", "error", ACTIVITY,
          "sector or not(transaction/sector) or not(transaction[not(sector)])",
          "Un mouvement ne dit pas son secteur, alors que d’autres le disent."),
    _rule("6.8.1", "error", f"{ACTIVITY}/other-identifier/owner-org", "@ref or narrative",
          "Le propriétaire d’un identifiant n’a ni identifiant ni nom."),
    _rule("6.9.1", "error", MONEY, "not(provider-org[not(@ref or narrative)])",
          "Un payeur n’a ni identifiant ni nom."),
    _rule("6.9.2", "error", MONEY, "not(receiver-org[not(@ref or narrative)])",
          "Un bénéficiaire n’a ni identifiant ni nom."),
    _rule("7.5.3", "error", BUDGETS, _within_a_year, "Une période de budget dépasse un an."),
    _rule("7.8.1", "error", ACTIVITY,
          "@default-currency or not(.//*[self::value or self::forecast or self::loan-status]"
          "[not(@currency)])", "La monnaie n’est pas dite."),
    _rule("7.8.2", "error", ORGANISATION, "@default-currency or not(.//value[not(@currency)])",
          "La monnaie n’est pas dite."),
    _rule("7.9.1", "warning", f"{ACTIVITY}/country-budget-items",
          "count(budget-item) < 2 or not(budget-item[not(@percentage)])",
          "Plusieurs lignes du budget national : chacune doit avoir son pourcentage."),
    _rule("7.9.2", "warning", f"{ACTIVITY}/country-budget-items", _items_add_up,
          "Les pourcentages des lignes du budget national ne font pas 100."),
    _rule("7.9.4", "warning", f"{ACTIVITY}/country-budget-items",
          "count(budget-item) != 1 or not(budget-item/@percentage) or "
          "budget-item/@percentage = 100",
          "La seule ligne du budget national doit être à 100 %, ou sans pourcentage."),
    _rule("8.6.1", "error", f"{INDICATOR}/period",
          _ordered("period-start/@iso-date", "period-end/@iso-date"),
          "La fin de la période d’un indicateur précède son début."),
    _rule("8.6.3", "error", BUDGETS, _ordered("period-start/@iso-date", "period-end/@iso-date"),
          "La fin d’une période précède son début."),
    *_values(),
    _rule("8.11.1", "error", INDICATOR, "not(reference and ../reference)",
          "Une référence se dit sur le résultat ou sur l’indicateur, pas sur les deux."),
)
# fmt: on

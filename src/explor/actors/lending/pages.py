"""Texts, facts and URLs of the lending rules."""

from typing import Any

from django.urls import reverse

from explor.actors.organisations.models import Kind, Organisation
from explor.ground.http.actor import Actor
from explor.ground.ui import hooks
from explor.ground.ui.amounts import counted, euros
from explor.ground.ui.elision import of
from explor.ground.workflow.pages import Consequence, Effects, Undo

from . import rules
from .models import Approver, ClosedPeriod, LendingRules

WARNED = Consequence(
    "Les propositions à venir et en cours le disent, à vous et au réseau. Rien n’est refusé."
)
EDITABLE = Undo("À tout moment", "Vous pouvez changer vos règles, sur cette page.")


def url_of(actor: Actor, lending: LendingRules) -> str:
    """Return the URL of the page of an employer's rules, in the role of `actor`."""
    if actor.role == "reseau":
        return reverse("lending:reseau_rules", args=[actor.key, lending.employer_id])
    return reverse("lending:employeur_rules", args=[actor.key])


def url_of_row(actor: Actor, row: ClosedPeriod | Approver) -> str:
    """Return the URL of the page of the rules to which a closed period or an approver belongs."""
    return url_of(actor, row.rules)


def link_for(actor: Actor, organisation: Organisation) -> list[tuple[str, str]]:
    """Return the (label, URL) link to the rules of an employer; [] for other organisations."""
    if organisation.kind != Kind.EMPLOYER:
        return []
    name = "Ses règles de prêt" if actor.role == "reseau" else "Vos règles de prêt"
    return [(name, url_of(actor, LendingRules(employer=organisation)))]


def facts_of(lending: LendingRules) -> list[tuple[str, object]]:
    """Return the rules of an employer as (label, value) pairs, blanks included."""
    return [
        ("Jours par an et par personne", _days(lending.days_a_year)),
        ("Préavis", _days(lending.notice_days)),
        ("Don par mission", gift_of(lending)),
        ("Valeur d’un jour de mission", euros(lending.daily_value) if lending.daily_value else ""),
        ("En quelques mots", lending.employer.lending_rules),
    ]


def known_facts(lending: LendingRules) -> list[tuple[str, object]]:
    """Return the days a year, the notice and the closed periods, without those that are blank.

    They are shown to a network about to propose a person.
    """
    facts = [pair for pair in facts_of(lending)[:2] if pair[1]]
    periods = [rules.words_of(each) for each in lending.periods.all()]
    return [*facts, ("Périodes fermées", " ; ".join(periods))] if periods else facts


def gift_of(lending: LendingRules) -> str:
    """Return the gift per mission in French: money, then in kind; "" when there is none."""
    money = euros(lending.gift_amount, short=True) if lending.gift_amount else ""
    return " et ".join(filter(None, [money, lending.gift_words]))


def _days(count: int | None) -> str:
    return "" if count is None else counted(count, "jour")


def context_of(lending: LendingRules) -> dict[str, Any]:
    """Return the context of the page of an employer's rules.

    Keys: `employer`, `facts`, `schemes` (leave schemes, and why some are closed), `periods` (with
    their text) and `approvers`.
    """
    return {
        "employer": lending.employer,
        "facts": facts_of(lending),
        "schemes": [
            each for read in hooks.get("lending:schemes") for each in read(lending.employer)
        ],
        "periods": [(each, rules.span(each.start, each.end)) for each in _rows(lending, "periods")],
        "approvers": _rows(lending, "approvers"),
    }


def _rows(lending: LendingRules, name: str) -> list[Any]:
    return list(getattr(lending, name).all()) if lending.pk else []


# Texts of the confirmation page of each verb.

SET = Effects(happens=(WARNED,), undo=(EDITABLE,))
PERIOD = Effects(
    happens=(Consequence("Ces jours paraissent fermés dans votre calendrier."), WARNED),
    undo=(Undo("À tout moment", "Vous pouvez retirer cette période."),),
)
APPROVER = Effects(
    happens=(
        Consequence(
            "Avant d’accorder un départ, vous noterez l’accord du service où la personne travaille."
        ),
        Consequence("Sans cet accord, le départ ne s’accorde pas."),
    ),
    undo=(Undo("À tout moment", "Vous pouvez retirer cette personne de vos règles."),),
)


def title_of_remove_period(actor: Actor, period: ClosedPeriod) -> str:
    """Return the title of the page that removes a closed period."""
    return f"Rouvrir les jours {rules.span(period.start, period.end)}"


def title_of_remove_approver(actor: Actor, approver: Approver) -> str:
    """Return the title of the page that removes an approver."""
    return f"Retirer l’accord {of(approver.name)} (service : {approver.service})"


REOPENED = Effects(
    happens=(Consequence("Ces jours ne paraissent plus fermés."),),
    undo=(Undo("À tout moment", "Vous pouvez les fermer de nouveau."),),
)
NO_LONGER = Effects(
    happens=(
        Consequence("Son accord n’est plus demandé ; ceux qui sont notés restent au dossier."),
    ),
    undo=(Undo("À tout moment", "Vous pouvez l’ajouter de nouveau."),),
)

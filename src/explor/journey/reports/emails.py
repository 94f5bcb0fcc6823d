"""Emails about the report and the evaluation of a mission."""

from django.urls import reverse
from django.utils.translation import gettext

from explor.actors.networks.selectors import addresses_of as addresses_of_network
from explor.actors.organisations.selectors import addresses_of
from explor.ground.accounts.emails import link_sent
from explor.ground.http.languages import written_in
from explor.ground.mail.actions import notify
from explor.ground.ui.days import date_format
from explor.journey.missions.models import Mission
from explor.journey.missions.states import properties_of

from . import rules
from .models import Report


def _expert(report: Report, verb: str, subject: str, body: str) -> None:
    notify(
        to=report.mission.expert.person.email,
        kind=f"reports.{verb}",
        subject=subject,
        body=body,
        about=report,
        url=reverse("reports:expert_report", args=[report.mission_id]),
        urgent=True,
    )


def opened(report: Report) -> None:
    """Email the expert to ask for the report, with its due date."""
    due = date_format(report.due) if report.due else "bientôt"
    _expert(
        report,
        "open_report",
        f"À écrire : le compte rendu de « {report.mission.need.title} » "
        f"({report.mission.file_number})",
        f"Bon retour. Votre compte rendu est attendu pour le {due}.",
    )


def late(report: Report, *, given_up: bool) -> None:
    """Remind the expert of a late report.

    Args:
        given_up: the network may close the mission without the report, and is emailed too.
    """
    mission = report.mission
    due, title = date_format(rules.awaited_on(report)), mission.need.title
    given_up = given_up and properties_of(mission.state).needs_report
    rest = " Sans lui, votre réseau peut maintenant clore la mission." if given_up else ""
    _expert(
        report,
        "remind",
        f"Toujours attendu : le compte rendu de « {title} » ({mission.file_number})",
        f"Votre compte rendu était attendu pour le {due}. Un brouillon se garde et se "
        f"reprend.{rest}",
    )
    for address in addresses_of_network(mission.network) if given_up else ():
        notify(
            to=address,
            kind="reports.remind",
            subject=f"Compte rendu jamais remis : {title} ({mission.file_number})",
            body=f"Il était attendu pour le {due}. Relancez la personne, ou fermez la mission par "
            "« Clore sans compte rendu ».",
            about=report,
            url=reverse("missions:reseau_mission", args=[mission.network.slug, mission.pk]),
        )


def submitted(report: Report) -> None:
    """Notify the network and the association of a submitted report."""
    mission = report.mission
    pages = [
        (addresses_of_network(mission.network), "reseau", mission.network.slug),
        (addresses_of(mission.association), "association", mission.association.slug),
    ]
    for addresses, role, key in pages:
        for address in addresses:
            notify(
                to=address,
                kind="reports.submit",
                subject=f"Compte rendu remis : {mission.need.title} ({mission.file_number})",
                body="Le compte rendu est à lire, avec ses recommandations.",
                about=report,
                url=reverse(f"missions:{role}_mission", args=[key, mission.pk]),
            )


def sent_back(report: Report, reason: str) -> None:
    """Email the expert that the report is sent back, with what to complete (`reason`)."""
    _expert(
        report,
        "send_back",
        f"À compléter : {report.mission.need.title} ({report.mission.file_number})",
        reason,
    )


def accepted(report: Report) -> None:
    """Notify the expert that the report is accepted and the certificate ready."""
    _expert(
        report,
        "accept",
        f"Compte rendu accepté : {report.mission.need.title} ({report.mission.file_number})",
        "Merci. Votre attestation est prête : son code permet à quiconque de la vérifier.",
    )


def partner_invited(mission: Mission, secret: str) -> None:
    """Email the field partner, in the partner's language, a personal link to evaluate the mission.

    Do nothing when the partner has no email address.
    """
    partner = mission.need.partner
    if partner is None or not partner.email:
        return
    with written_in(partner.language):
        body = gettext("La mission est finie. Dites-nous ce qu’elle a apporté, en une minute.")
    link_sent(
        to=partner.email,
        subject=f"{mission.association} : {mission.need.title}",
        body=body,
        url=reverse("reports:partenaire_evaluation", args=[secret]),
        about=mission,
    )


def partner_called_off(mission: Mission) -> None:
    """Email the field partner, in their language, that the mission is not over after all."""
    partner = mission.need.partner
    if partner is None or not partner.email:
        return
    with written_in(partner.language):
        body = gettext("La mission n’est pas finie : le lien reçu ne sert plus. Un autre viendra.")
    notify(
        to=partner.email,
        kind="reports.drop_report",
        subject=f"{mission.association} : {mission.need.title}",
        body=body,
        about=mission,
        urgent=True,
    )

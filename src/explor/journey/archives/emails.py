"""Emails about a disposal list to the directors of its network."""

from django.urls import reverse

from explor.actors.networks.selectors import addresses_of_directors
from explor.ground.mail.actions import notify

from .models import Disposal
from .states import State


def prepared(disposal: Disposal) -> None:
    """Notify the directors that a disposal list awaits the approval of the archives."""
    _send(
        disposal,
        "prepare_disposal",
        "à faire viser",
        "Des papiers de votre réseau ont passé leur terme. Ce sont des archives publiques : ils "
        "ne s’effacent qu’avec le visa des archives. Prenez le bordereau, envoyez-le aux archives, "
        "puis enregistrez leur réponse.",
    )


def answered(disposal: Disposal, *, reason: str = "") -> None:
    """Notify the directors of the recorded answer of the archives and its effect on the papers."""
    if disposal.state == State.REFUSED:
        body = f"Les archives refusent le visa. Rien ne s’efface.\n\nMotif : {reason}"
        _send(disposal, "refuse_disposal", "visa refusé", body)
        return
    body = f"Le visa est enregistré (référence {disposal.reference})."
    body += " Les papiers du bordereau s’effacent la nuit prochaine."
    if disposal.lines.filter(kept=True).exists():
        body += " Les lignes que les archives gardent restent : elles sont à verser."
    _send(disposal, "endorse_disposal", "visa enregistré", body)


def stopped(disposal: Disposal, *, reason: str) -> None:
    """Notify the directors that a disposal list is stopped."""
    body = f"Plus rien de ce bordereau ne s’efface.\n\nMotif : {reason}"
    _send(disposal, "stop_disposal", "arrêté", body)


def eliminated(disposal: Disposal) -> None:
    """Notify the directors that all the papers that the archives did not keep are erased."""
    body = (
        "Les papiers du bordereau sont effacés. Gardez le bordereau et son visa : ils prouvent "
        "que l’élimination était permise."
    )
    _send(disposal, "eliminate_disposal", "papiers éliminés", body)


def _send(disposal: Disposal, verb: str, outcome: str, body: str) -> None:
    for address in addresses_of_directors(disposal.network):
        notify(
            to=address,
            kind=f"archives.{verb}",
            subject=f"Bordereau d’élimination {disposal.file_number} : {outcome}",
            body=body,
            about=disposal,
            url=reverse("archives:reseau_disposal", args=[disposal.network.slug, disposal.pk]),
        )

"""Effects, notes and contexts of the confirmation pages of incidents."""

from typing import Any

from explor.actors.networks.models import Network
from explor.ground.http.actor import Actor
from explor.ground.privacy.pages import in_words
from explor.ground.privacy.terms import days
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo
from explor.journey.missions.models import Mission

from .. import selectors

OFFICERS = "Les chargées et chargés de mission du réseau"
FOR_GOOD = Undo("Ensuite", "Vous ne pouvez pas le retirer ; le réseau note la suite, puis le clôt.")


def _until(key: str) -> str:
    return f"{in_words(days(key))} après le retour"


def notes_of_confiding(actor: Actor, mission: Mission) -> list[str]:
    """Return the notes on how many officers read a confidential report, and who never reads it."""
    count = len(selectors.readers_for(mission))
    who = "une personne désignée" if count == 1 else f"{count} personnes désignées"
    return [
        f"Lu par {who} de votre réseau, et par personne d’autre : ni l’association, ni "
        "l’employeur, ni les autres chargées et chargés de mission. Chaque lecture est notée.",
        "Une fois envoyé, il ne se relit pas ici : gardez-en une copie si vous le voulez.",
    ]


def context_of_reporting(actor: Actor, mission: Mission) -> dict[str, Any]:
    """Return the context of the page that reports an incident.

    Keys: `phone`, that of the network to call first, and `after`, the effects: who reads the
    incident and for how long it is kept.
    """
    readers = "Vous et votre réseau le lisez." if actor.role != "reseau" else "Le réseau le lit."
    happens = (
        Consequence(f"{readers} Le texte est chiffré ; ni courriel ni journal ne l’ont."),
        Consequence(f"Il est effacé {_until('incident')}."),
        Consequence(f"Si quelqu’un est blessé ou malade, il est effacé {_until('accident')}."),
    )
    notified = (Notified(OFFICERS, "le niveau et un lien, sans le texte"),)
    after = Effects(happens=happens, notified=notified, undo=(FOR_GOOD,))
    return {"after": after, "phone": mission.network.phone}


def context_of_confiding(actor: Actor, mission: Mission) -> dict[str, Any]:
    """Return the context of the page of a confidential report.

    Key: `after`, the effects: who sees its author and for how long it is kept.
    """
    happens = (
        Consequence(
            "Le texte est chiffré. Le journal dit qu’un signalement existe, sans vous nommer ; qui "
            "le lit voit qui l’a écrit."
        ),
        Consequence(f"Il est effacé {_until('incident')}."),
    )
    notified = (Notified("Les personnes désignées", "un lien, sans le texte"),)
    return {"after": Effects(happens=happens, notified=notified, undo=(FOR_GOOD,))}


def effects_of_designating(actor: Actor, network: Network) -> Effects:
    """Return the effects of a designation on the readers of confidential reports."""
    return Effects(
        happens=(
            Consequence("Les personnes cochées lisent tous les signalements confidentiels du "
                        "réseau, passés et à venir ; les autres n’en voient plus aucun."),
            Consequence("Nul ne lit celui d’une mission à laquelle il prend part. Si aucune "
                        "personne cochée ne peut le lire, la direction le lit."),
        ),
        undo=(Undo("À tout moment", "La direction peut changer ce choix."),),
    )  # fmt: skip


NOTED = Effects(
    happens=(Consequence("La ligne s’ajoute à la suite donnée, à votre nom, chiffrée."),),
    undo=(Undo("Ensuite", "Une ligne ne se change pas : écrivez-en une autre qui la corrige."),),
)


CLOSED = Effects(
    happens=(Consequence("L’incident quitte ce qui vous attend ; sa page reste lisible."),),
    undo=(Undo("À tout moment", "L’incident se rouvre."),),
)
REOPENED = Effects(
    happens=(Consequence("L’incident vous attend de nouveau ; la suite peut être notée."),),
    undo=(Undo("À tout moment", "L’incident se clôt de nouveau."),),
)

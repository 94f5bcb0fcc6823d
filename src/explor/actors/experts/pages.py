"""Facts, tasks, texts and effects shown on the pages of profiles, and columns of their lists."""

from operator import attrgetter, methodcaller

from django.urls import reverse
from django.utils import timezone

from explor.actors.lending.rules import span
from explor.actors.networks.selectors import name_of
from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import label, terms
from explor.ground.ui.export import Columns
from explor.ground.ui.parts import Task
from explor.ground.workflow.pages import Consequence, Effects, Undo

from . import rules
from .models import WITH_A_TERM, Availability, Consent, Expert
from .states import State

# The columns of the downloaded list of profiles, the same as on the page.
EXPORTED: Columns = {
    "Personne": attrgetter("person.name"),
    "Métier": attrgetter("job"),
    "Employeur": lambda expert: expert.employer and expert.employer.name,
    "État": methodcaller("get_state_display"),
}
EXPORTED_TO_EMPLOYER: Columns = {
    "Personne": attrgetter("person.name"),
    "Métier": attrgetter("job"),
    "Fin du contrat": attrgetter("contract_ends"),
    "État": methodcaller("get_state_display"),
}


def url_of(actor: Actor, subject: object) -> str:
    """Return the URL of the page on which an expert sees their own profile.

    `actor` and `subject` are unused.
    """
    return reverse("experts:expert_profile")


def invited_by(slug: str) -> str:
    """Return the French name of the group that an invitation leads to: the experts of a network.

    Raise `Network.DoesNotExist` if no network has this slug.
    """
    return f"les expertes et experts du réseau {name_of(slug)}"


def facts_of(expert: Expert) -> list[tuple[str, object]]:
    """Return the contents of a profile as (label, value) pairs."""
    languages, levels = terms("languages"), expert.languages.all()
    return [
        ("Métier", expert.job),
        *_ties_of(expert),
        ("Présentation", expert.summary),
        ("Expériences", expert.experiences),
        ("Secteurs", [label("sectors", code) for code in expert.sectors]),
        ("Compétences", expert.skills),
        ("Langues", [f"{languages[each.language].label} {each.level}" for each in levels]),
        ("Pays connus", [label("countries", code) for code in expert.countries]),
        (
            "Disponibilités",
            [
                f"{each.days.lower:%d/%m/%Y} au {each.last:%d/%m/%Y}"
                for each in expert.availabilities.all()
            ],
        ),
        ("Missions possibles par an", expert.load),
    ]


def _ties_of(expert: Expert) -> list[tuple[str, object]]:
    """Return the (label, value) pairs of the status and, if there is one, of the employer."""
    status = ("Statut", expert.get_employment_display())
    if expert.without_employer:
        return [status]
    ties: list[tuple[str, object]] = [
        ("Employeur", expert.employer.name if expert.employer else ""),
        status,
    ]
    if expert.employment in WITH_A_TERM:
        ends = expert.contract_ends
        ties.append(("Fin du contrat", f"{ends:%d/%m/%Y}" if ends else ""))
    if expert.part_time is not None:
        ties.append(("Temps partiel", "oui" if expert.part_time else "non"))
    return ties


def waiting_for_expert(actor: Actor) -> list[Task]:
    """Return at most one task: complete a draft profile, or bring an offered one up to date.

    An offered profile needs future periods, a confirmation every six months and a consent to the
    current text. A paused profile needs nothing.
    """
    expert = Expert.objects.filter(pk=actor.scope or 0).first()
    if expert is None or expert.state == State.RESTING:
        return []
    url = reverse("experts:expert_profile")
    if expert.state == State.DRAFT:
        why = "Votre profil n’est pas encore proposé aux réseaux."
        return [Task(title="Compléter votre profil", url=url, why=why)]
    if not rules.is_free_later(expert, timezone.localdate()):
        why = "Vos périodes sont passées : votre profil n’est plus retenu pour aucune mission."
        return [Task(title="Dire quand vous pourriez partir", url=url, why=why)]
    if rules.is_stale(expert, timezone.localdate()):
        why = "Personne ne l’a relu depuis six mois."
        return [Task(title="Confirmer votre profil", url=url, why=why)]
    if any(each.is_outdated for each in expert.consents.filter(withdrawn_at=None)):
        why = "Le texte de votre accord a changé : relisez-le."
        return [Task(title="Redire qui voit votre profil", url=url, why=why)]
    return []


def blockers_of_offer(actor: Actor, expert: Expert) -> list[str]:
    """Return what is missing to offer the profile, in French; empty when nothing is missing."""
    return rules.missing_to_offer(expert)


EFFECTS_OF_OFFER = Effects(
    happens=(Consequence("Les réseaux que vous autorisez peuvent vous proposer une mission."),),
    undo=(Undo("À tout moment", "Vous pouvez mettre votre profil en pause."),),
)
EFFECTS_OF_REST = Effects(
    happens=(Consequence("Personne ne vous propose plus de mission. Votre profil est gardé."),),
    undo=(Undo("À tout moment", "Vous pouvez le proposer de nouveau."),),
)
EFFECTS_OF_CONFIRM = Effects(
    happens=(Consequence("Votre profil est dit à jour, à la date d’aujourd’hui."),),
)


def title_of_removal(actor: Actor, availability: Availability) -> str:
    """Return the heading of the page that deletes a period of availability."""
    return f"Retirer la période {span(availability.days.lower, availability.last)}"


def effects_of_removal(actor: Actor, availability: Availability) -> Effects:
    """Return the effects of deleting a period of availability, for the confirmation page."""
    days = span(availability.days.lower, availability.last)
    return Effects(
        happens=(Consequence(f"La période {days} n’est plus proposée aux réseaux."),),
        undo=(Undo("À tout moment", "Vous pouvez l’ajouter de nouveau."),),
    )


def effects_of_consent(actor: Actor, consent: Consent) -> Effects:
    """Return the effects of giving a network the consent to see a profile, for confirmation."""
    text = rules.CONSENT.format(network=consent.network)
    return Effects(
        happens=(Consequence(text),),
        undo=(Undo("À tout moment", "Vous pouvez ne plus autoriser ce réseau."),),
    )


def effects_of_withdrawal(actor: Actor, consent: Consent) -> Effects:
    """Return the effects of withdrawing the consent to a network, for the confirmation page."""
    network = consent.network
    return Effects(
        happens=(
            Consequence(f"{network} ne voit plus votre profil."),
            Consequence("Si vous avez répondu à sa question facultative, la réponse est effacée."),
        ),
        undo=(Undo("À tout moment", "Vous pouvez autoriser de nouveau ce réseau."),),
    )

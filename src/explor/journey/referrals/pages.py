"""URLs, home page tasks and panel, and texts of the pages of referrals."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.ui.elision import of
from explor.ground.ui.parts import Panel, Task
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo
from explor.journey.needs.models import Need

from . import rules, selectors
from .models import Referral


def url_of(actor: Actor, referral: Referral) -> str:
    """Return the URL of the page where the expert answers a referral."""
    return reverse("referrals:expert_referral", args=[referral.pk])


def reserve_url(actor: Actor, _subject: object) -> str:
    """Return the URL of the page that lists the free experts of a network."""
    return reverse("referrals:reseau_warm", args=[actor.key])


def waiting_for_expert(actor: Actor) -> list[Task]:
    """Return a task for each referral that the expert has to answer."""
    return [
        Task(
            title=f"Ouvrir votre profil à {each.network} ?",
            url=url_of(actor, each),
            why=f"{each.need.association} cherche une expertise comme la vôtre.",
            until=each.until,
        )
        for each in selectors.awaiting(actor)
    ]


def waiting_for_network(actor: Actor) -> list[Task]:
    """Return a task per expert who opened their profile to this network and is not yet proposed."""
    return [
        Task(
            title=f"{each.expert.person.name} vous ouvre son profil : "
            f"{each.need.title} ({each.need.file_number})",
            url=reverse("shortlists:reseau_shortlist", args=[actor.key, each.need_id]),
            why=f"À la demande {of(each.sender)}.",
        )
        for each in selectors.newly_opened_to(actor)
    ]


def for_home(request: Request) -> Panel | None:
    """Return the panel of the number of free experts in reserve, None when there are none."""
    actor: Actor = request.actor
    free = len(selectors.free_in_reserve(actor.scope or 0))
    if not free:
        return None
    url = reverse("referrals:reseau_warm", args=[actor.key])
    return Panel(
        title="La réserve",
        template="referrals/_panel_reseau.html",
        context={"free": free, "url": url},
    )


# Texts of the confirmation page of each verb (workflow action).


def effects_of_refer(actor: Actor, question: tuple[Expert, Need]) -> Effects:
    until = timezone.localdate() + timedelta(days=rules.DAYS)
    return Effects(
        happens=(
            Consequence("La personne répond jusqu’à cette date.", until),
            Consequence("Sans réponse, la question s’éteint et rien ne change.", "Ensuite"),
        ),
        notified=(
            Notified("La personne", "qui la cherche, pour quel besoin, et votre mot"),
            Notified(question[1].network.name, "rien avant son oui"),
        ),
        undo=(Undo("Ensuite", "La question posée ne se retire pas."),),
    )


def effects_of_accept(actor: Actor, referral: Referral) -> Effects:
    return Effects(
        happens=(
            Consequence(f"{referral.network} voit votre profil, comme {referral.sender} le voit."),
            Consequence("Ce n’est pas encore une proposition : vous pourrez toujours dire non."),
        ),
        notified=(
            Notified(
                f"{referral.sender}, {referral.network}",
                f"que vous ouvrez votre profil, pour « {referral.need.title} »",
            ),
        ),
        undo=(Undo("Quand vous voulez", "Vous refermez votre profil à ce réseau."),),
    )


def effects_of_decline(actor: Actor, referral: Referral) -> Effects:
    return Effects(
        happens=(Consequence(f"Rien ne change : {referral.network} ne voit pas votre profil."),),
        notified=(
            Notified(str(referral.sender), "que vous n’ouvrez pas votre profil, sans vos raisons"),
        ),
        undo=(Undo("Quand vous voulez", "Vous pouvez ouvrir votre profil à ce réseau."),),
    )

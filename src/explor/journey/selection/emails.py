"""Messages about the committee. Nothing about a decision leaves before its announcement."""

from django.urls import reverse
from django.utils import timezone

from explor.actors.networks.queries import addresses_of as addresses_of_network
from explor.actors.organisations.queries import addresses_of
from explor.ground.messaging.actions import tell

from . import queries
from .models import Appeal, CommitteeMember, Decision, Session


def announced(decision: Decision) -> None:
    """The association reads the decision and its reasons."""
    letter = queries.letter_of(decision, queries.bylaws_of(decision.need.call))
    _to_association(decision, "announce", f"Décision du comité : {decision.need.title}", letter)


def reconsidered(decision: Decision) -> None:
    """The association learns that its file goes back to the committee."""
    body = f"Le besoin « {decision.need.title} » repasse devant le comité. Rien n’est à faire."
    subject = f"De nouveau au comité : {decision.need.title}"
    _to_association(decision, "reconsider", subject, body)


def dismissed(appeal: Appeal) -> None:
    """The association reads why the decision stands."""
    body = f"Après votre demande de réexamen, la décision est maintenue.\n\n{appeal.answer}"
    subject = f"Réponse à votre demande de réexamen : {appeal.need.title}"
    _to_association(appeal, "dismiss", subject, body)


def _to_association(about: Decision | Appeal, verb: str, subject: str, body: str) -> None:
    need = about.need
    for address in addresses_of(need.association):
        tell(
            to=address,
            kind=f"selection.{verb}",
            subject=subject,
            body=body,
            about=need,
            url=reverse("needs:association_need", args=[need.association.slug, need.pk]),
            urgent=True,
        )


def contested(appeal: Appeal) -> None:
    """The network has a request for review to answer."""
    for address in addresses_of_network(appeal.need.network):
        tell(
            to=address,
            kind="selection.contest",
            subject=f"Réexamen demandé : {appeal.need.title}",
            body=f"{appeal.by} demande un réexamen.\n\n{appeal.text}",
            about=appeal.need,
            url=reverse("selection:reseau_appeal", args=[appeal.need.network.slug, appeal.need_id]),
        )


def to_read(member: CommitteeMember, decision: Decision) -> None:
    """A member has a file to read."""
    tell(
        to=member.person.email,
        kind="selection.open_decision",
        subject=f"À lire : {decision.need.title}",
        body=f"Un dossier attend votre avis pour {member.call}.",
        about=decision.need,
        url=reverse("selection:comite_need", args=[member.call.slug, decision.need_id]),
    )


def convened(session: Session) -> None:
    """Those who sit learn when and where they meet."""
    when = timezone.localtime(session.on)
    where = f", {session.place}" if session.place else ""
    _to_members(
        session,
        "plan_session",
        f"Comité le {when:%d/%m/%Y à %H h %M}",
        f"Le comité de « {session.call.title} » se réunit le {when:%d/%m/%Y à %H h %M}{where}. "
        "Rendez vos avis avant : la séance les reprend dossier par dossier.",
    )


def called_off(session: Session) -> None:
    """Those who sit learn that they do not meet."""
    when = timezone.localtime(session.on)
    body = f"La séance du {when:%d/%m/%Y à %H h %M} est annulée."
    _to_members(session, "cancel", f"Comité annulé : {session.call.title}", body)


def to_sign(session: Session) -> None:
    """The chair has minutes to sign."""
    for seat in session.call.committee.filter(chair=True).select_related("person"):
        tell(
            to=seat.person.email,
            kind="selection.close",
            subject=f"Procès-verbal à signer : {session.call.title}",
            body="La séance est close. Relisez le procès-verbal, puis signez-le.",
            about=session,
            url=reverse("selection:comite_session", args=[session.call.slug, session.pk]),
            urgent=True,
        )


def _to_members(session: Session, verb: str, subject: str, body: str) -> None:
    for seat in session.call.committee.select_related("person").order_by("pk"):
        tell(
            to=seat.person.email,
            kind=f"selection.{verb}",
            subject=subject,
            body=body,
            about=session,
            url=reverse("selection:comite_needs", args=[session.call.slug]),
            urgent=True,
        )

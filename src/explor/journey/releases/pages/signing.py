"""The signing chains, on the page of a release and on the page of a signing link."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import label
from explor.ground.ui.elision import of
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo

from .. import rules
from ..models import Release, Signatory, Signature
from ..selectors import Signing
from ..states import State
from . import chosen_reading, url_of
from .papers import how_to_fill, left_to_fill

TITLES = {
    "association": "Pour l’association",
    "expert": "La personne qui part",
    "employeur": "Pour l’employeur",
}
Buttons = Any  # returns the buttons of a signatory: `VerbPages.buttons`


def url_of_release(actor: Actor, signatory: Signatory) -> str:
    """Return the URL of the page of the release that a signatory belongs to."""
    args = [signatory.release_id] if actor.role == "expert" else [actor.key, signatory.release_id]
    return reverse(f"releases:{actor.role}_release", args=args)


def chain_for(actor: Actor, release: Release, buttons: Buttons) -> list[dict[str, Any]]:
    """Return one dict per party: its `title` and its `places`, the signatories in order.

    Keys of a place: `place` (the signatory), `signature` or None, `name`, `capacity`, `email` (""
    for other parties), `lost` (a name without address), `state` (label and tone: signed, awaited
    or later), `buttons` (none once signed) and `files` of a signature on paper.
    """
    signed = {each.signatory_id: each for each in release.current_signatures}
    # The schemes are evaluated once for the page, not once per signatory.
    missing = _missing_now(release) if release.state == State.APPROVED else []
    return [
        {
            "title": TITLES[party],
            "places": [
                _signatory_row(
                    actor,
                    signatory,
                    signed.get(signatory.pk),
                    buttons(actor, signatory, refused=_refused_link(signatory, missing)),
                )
                for signatory in rules.chain_of(release, party)
            ],
        }
        for party in rules.parties_of(release)
    ]


def _missing_now(release: Release) -> list[str]:
    """Return why nobody can sign a release today."""
    return rules.missing_to_sign(release, chosen_reading(release))


def _refused_link(signatory: Signatory, missing: list[str]) -> dict[str, str]:
    """Return, by verb, why a signatory can be sent no link now; "" when one can be sent.

    Args:
        missing: why nobody can sign the release.
    """
    return {"send_link": " ".join(missing + rules.missing_to_send_link(signatory, timezone.now()))}


def _paper_links(actor: Actor, signature: Signature) -> list[tuple[str, str]]:
    """Return (label, URL) for each file of a signature on paper that `actor` may read."""
    if signature.original_id is None or actor.role not in ("reseau", signature.party):
        return []
    args = [signature.pk] if actor.role == "expert" else [actor.key, signature.pk]
    return [
        ("copie pour la lecture", reverse(f"releases:{actor.role}_signed_paper", args=args)),
        ("fichier reçu, tel quel", reverse(f"releases:{actor.role}_original", args=args)),
    ]


def _signatory_row(
    actor: Actor, signatory: Signatory, signature: Signature | None, buttons: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return a signatory as a row of the page: name, capacity, state, buttons."""
    if signature:
        state = ("signé", "good")
    elif signatory.release.state != State.APPROVED:
        state = ("à venir", "neutral")
    else:
        state = ("à signer", "warn") if rules.is_next(signatory) else ("à venir", "neutral")
    return {
        "place": signatory,
        "signature": signature,
        "name": signature.name if signature else signatory.name,
        "email": signatory.email if actor.role in ("reseau", signatory.party) else "",
        "lost": rules.lacks_address(signatory),
        "capacity": (signature.capacity if signature else "") or signatory.capacity,
        "state": state,
        "buttons": [] if signature else buttons,
        "files": _paper_links(actor, signature) if signature else [],
    }


def files_for(actor: Actor, release: Release) -> list[tuple[str, str]]:
    """Return (label, URL) for each file of the agreement that `actor` may download."""
    agreement = release.agreement
    if agreement is None:
        return []
    title = agreement.title
    if agreement.signed_copy_id is None:
        return [(f"Lire : {title} (PDF)", url_of(actor, release, "agreement"))]
    rows = [
        (f"Lire : {title}, avec les signatures (PDF)", url_of(actor, release, "agreement")),
        ("Le document qui a été signé (PDF)", url_of(actor, release, "unsigned")),
    ]
    party = "" if actor.role == "reseau" else actor.role
    if any(each.party == party for each in agreement.proof_files.all()):
        rows.append(("Le dossier de preuve (PDF)", url_of(actor, release, "proof")))
    return rows


def turn_of(actor: Actor, release: Release) -> str:
    """Return the name of the next signatory in the party of `actor`; "" if `actor` or nobody."""
    if release.state != State.APPROVED or actor.role == "reseau":
        return ""
    signatory = rules.next_of(release, actor.role)
    return str(signatory) if signatory and not rules.may_take(actor, signatory) else ""


def actor_of(signatory: Signatory) -> Actor:
    """Return an actor, without account, for a signatory in the role of its party."""
    release = signatory.release
    scopes = {
        "association": release.proposal.need.association_id,
        "expert": release.proposal.expert_id,
        "employeur": release.employer_id,
    }
    return Actor(
        name=signatory.name,
        email=signatory.email,
        role=signatory.party,
        scope=scopes.get(signatory.party),
    )


def standing_of(opened: Signing) -> str:
    """Return the state of a signing link, as a keyword that the template tests.

    The keyword is "withdrawn" (or sent to a former address), "over" (the release ended),
    "replaced" (by another agreement), "signed", "expired", "later" (another signs first),
    "blocked" (see `blockers_of_link`) or "open"; the first that applies.
    """
    link, signatory, release = opened.link, opened.place, opened.release
    if link.revoked_at or link.email.lower() != signatory.email.lower():
        return "withdrawn"
    if release.agreement_id != opened.agreement.pk:
        ended = release.state in (State.ENDED, State.REFUSED)
        return "over" if ended else "replaced"
    if rules.has_signed(signatory):
        return "signed"
    if link.expires_at <= timezone.now():
        return "expired"
    if not rules.is_next(signatory):
        return "later"
    return "blocked" if blockers_of_link(opened) else "open"


def is_readable(opened: Signing) -> bool:
    """Return whether a link still opens the agreement: until it expires, also once signed."""
    valid = opened.link.expires_at > timezone.now()
    return valid and standing_of(opened) in ("open", "blocked", "later", "signed")


def blockers_of_link(opened: Signing) -> list[str]:
    """Return why the person of a link cannot sign now, although it is their turn."""
    missing = _missing_now(opened.release)
    return missing or rules.missing_to_sign_as(opened.place, opened.place.email, None)


def _for_whom(signatory: Signatory) -> str:
    """Return in French whom a signatory signs for, and in which capacity."""
    if signatory.party == "expert":
        return "pour vous-même"
    return f"{TITLES[signatory.party].lower()}, en qualité de : {signatory.capacity}"


def facts_of_link(opened: Signing) -> list[tuple[str, object]]:
    """Return the first facts shown to the holder of a signing link: signatory, party, mission."""
    release, signatory = opened.release, opened.place
    proposal = release.proposal
    return [
        ("Vous signez", _for_whom(signatory)),
        ("Par délégation", signatory.acts)
        if signatory.delegation
        else ("Convention", opened.agreement.number),
        ("Personne qui part", proposal.expert.person.name),
        ("Mission", proposal.need.title),
        ("Association", proposal.need.association.name),
        ("Dates", f"du {proposal.start:%d/%m/%Y} au {proposal.end:%d/%m/%Y}"),
        ("Cadre", label("leave_schemes", release.scheme)),
    ]


def context_of_link(opened: Signing) -> dict[str, Any]:
    """Return the context of the page of a signing link, whatever the state of the link.

    `standing` is the keyword of `standing_of`; `facts` and `to_fill` are empty unless `readable`,
    `blockers` unless "blocked". `turn` is the next signatory of the party, `signature` the
    holder's own, `delegates` whether the holder may delegate; `address` is masked.
    """
    standing, release = standing_of(opened), opened.release
    shown = is_readable(opened)
    own = [each for each in release.current_signatures if each.signatory_id == opened.place.pk]
    return {
        "standing": standing,
        "opened": opened,
        "readable": shown,
        "years": settings.SIGNATURE_YEARS,
        "facts": facts_of_link(opened) if shown else [],
        "blockers": blockers_of_link(opened) if standing == "blocked" else [],
        "to_fill": left_to_fill(release) if shown else [],
        "how_to_fill": how_to_fill(release),
        "release": release,
        "turn": rules.next_of(release, opened.place.party),
        "signature": own[0] if own else None,
        "concluded": release.state == State.AGREED,
        "delegates": rules.can_delegate(actor_of(opened.place), opened.place),
        "address": masked(opened.place.email),
    }


def masked(address: str) -> str:
    """Return an e-mail address that a stranger may see: only its first letter and its domain."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}…@{domain}"


# Texts of the confirmation page of each verb on a signatory.


def label_of_name(actor: Actor, signatory: Signatory) -> str:
    return "Changer de signataire" if signatory.name else "Dire qui signe"


def title_of(verb: str) -> Any:
    """Return a function that gives the title of the confirmation page of `verb` on a signatory."""
    return lambda actor, signatory: f"{verb} : {signatory.capacity}"


def label_of_link(actor: Actor, signatory: Signatory) -> str:
    return "Renvoyer le lien" if signatory.link_sent_at else "Envoyer le lien"


def blockers_of_link_sent(actor: Actor, signatory: Signatory) -> list[str]:
    """Return why no link can be sent now to a signatory, empty when one can."""
    return _missing_now(signatory.release) + rules.missing_to_send_link(signatory, timezone.now())


def _notified_by_link(signatory: Signatory) -> tuple[Notified, ...]:
    turn = signatory.release.state == State.APPROVED and rules.is_next(signatory)
    return (
        (Notified("La personne nommée", "un lien personnel pour lire et signer"),) if turn else ()
    )


def effects_of_name(actor: Actor, signatory: Signatory) -> Effects:
    happens = [Consequence("Cette personne signe, et nulle autre, à cette place.")]
    if signatory.name:
        happens.append(Consequence(f"Les liens {of(signatory.name)} ne signent plus."))
    happens.append(Consequence("Son lien part quand c’est son tour de signer."))
    return Effects(
        happens=happens,
        notified=_notified_by_link(signatory),
        undo=(Undo("Avant sa signature", "Nommez une autre personne."),),
    )


def effects_of_delegate(actor: Actor, signatory: Signatory) -> Effects:
    return Effects(
        happens=(
            Consequence(f"{signatory.name} ne signe plus : ses liens ne servent plus."),
            Consequence("La convention signée porte l’acte de délégation."),
        ),
        notified=(
            *_notified_by_link(signatory),
            Notified("La partie, le réseau", "qui signe, et par quel acte"),
        ),
        undo=(Undo("Avant la signature", "Nommez une autre personne."),),
    )


def effects_of_link(actor: Actor, signatory: Signatory) -> Effects:
    return Effects(
        happens=(
            Consequence(f"Un nouveau lien part à {signatory.email}, valable trente jours."),
            Consequence("Les liens déjà reçus continuent de servir."),
        ),
        notified=(Notified(signatory.name, "son lien pour lire et signer"),),
        undo=(Undo("Avant sa signature", "Retirez le lien."),),
    )


def effects_of_withdraw(actor: Actor, signatory: Signatory) -> Effects:
    return Effects(
        happens=(
            Consequence(f"Aucun lien {of(signatory.name)} ne signe plus."),
            Consequence("Aucun rappel ne part avant un nouvel envoi."),
        ),
        undo=(Undo("Ensuite", "Envoyez un nouveau lien."),),
    )


def effects_of_paper(actor: Actor, signatory: Signatory) -> Effects:
    last = len(rules.unsigned(signatory.release)) == 1 and (
        rules.chain_of(signatory.release, signatory.party)[-1] == signatory
    )
    happens = [
        Consequence("Le papier vaut signature, au même titre que les autres."),
        Consequence("Le fichier reçu est gardé tel quel ; une copie sûre sert à la lecture."),
    ]
    if last:
        happens.append(Consequence("C’est la dernière : la convention engage toutes les parties."))
    notified = (
        (Notified("Les parties, le réseau", "« Toutes les parties ont signé »"),) if last else ()
    )
    return Effects(
        happens=happens,
        notified=notified,
        undo=(Undo("Ensuite", "Une signature ne se retire pas."),),
    )

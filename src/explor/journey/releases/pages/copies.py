"""The data of the signed copy of an agreement, and of its proof files."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime

from explor.ground.accounts.models import PersonalLink

from ..fields import SIGNERS
from ..models import Agreement, Signature
from ..selectors import links_of
from .papers import PRIVATE, agreement_paper


def signed_paper(agreement: Agreement) -> dict[str, Any]:
    """Return the arguments of `files.draw` for the signed copy of an agreement.

    The copy prints the signed text word for word, then who signed it, when, and the digest of the
    PDF that they signed.
    """
    release = agreement.release
    content = agreement.content or agreement_paper(release, release.scheme, agreement.rank)["data"]
    signatures = list(agreement.signatures.all())
    digest = agreement.document.sha256
    data = {
        **content,
        "signatures": [_signature_block(each) for each in signatures],
        "signatures_apart": True,
        "sections": [*content.get("sections", []), _what_was_signed(agreement)],
    }
    last = max(each.at for each in signatures)
    facts = [(name, value) for name, value in content.get("facts", []) if name not in PRIVATE]
    facts += [("Signée par toutes les parties le", f"{localtime(last):%d/%m/%Y}")]
    facts += [("Empreinte du document signé", digest)]
    return {
        "data": data,
        "facts": facts,
        "title": f"{agreement.document.title} (signé)",
    }


def _what_was_signed(agreement: Agreement) -> dict[str, Any]:
    text = (
        "Cet exemplaire reprend mot pour mot le document que les parties ont signé, et porte leurs "
        "signatures à la page suivante. Le document signé a le code de vérification "
        f"{agreement.document.seal} et l’empreinte (SHA-256) {spaced(agreement.document.sha256)}."
    )
    return {"title": "Le document signé", "paragraphs": [text]}


def spaced(digest: str) -> str:
    """Return a digest in groups of eight characters, so that a narrow column can wrap it."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def moment_of(at: datetime) -> str:
    """Return a time in Paris to the second, with its offset from UTC."""
    local = localtime(at)
    zone = f"{local:%z}"
    return f"{local:%d/%m/%Y à %H:%M:%S} (heure de Paris, UTC{zone[:3]}:{zone[3:]})"


def way_of(signature: Signature) -> str:
    """Return in French how a signature was given: by link, from an account or on paper."""
    if signature.on_paper:
        return "sur papier, déposé par le réseau" if signature.original else "sur papier, noté"
    return (
        "à l’écran, depuis son compte" if signature.person else "à l’écran, par un lien personnel"
    )


def _signature_block(signature: Signature) -> dict[str, Any]:
    lines = [f"Par délégation : {signature.delegation}."] if signature.delegation else []
    if signature.original:
        lines.append(f"Empreinte du papier reçu (SHA-256) : {spaced(signature.original.sha256)}")
    lines.append(f"Empreinte du document signé (SHA-256) : {spaced(signature.sha256)}")
    return {
        "party": SIGNERS.get(signature.party, signature.party),
        "name": signature.name,
        "role": signature.capacity,
        "signed": f"Signé le {moment_of(signature.at)}, {way_of(signature)}.",
        "lines": lines,
    }


def proof_paper(agreement: Agreement, party: str) -> dict[str, Any]:
    """Return the arguments of `files.draw` for the proof file of an agreement.

    Args:
        party: the role of the party that the file is for; it shows the devices and links of this
            party's signatories only. "" for the network, whose file shows them all.
    """
    network = agreement.release.proposal.need.network
    links = links_of(agreement)
    title = f"Dossier de preuve {agreement.number}"
    document, copy = agreement.document, agreement.signed_copy
    about = [
        ["Convention", agreement.number],
        ["Établie le", moment_of(agreement.drawn_at)],
        ["Code de vérification", str(document.seal)],
        ["Empreinte du document signé", spaced(document.sha256)],
        ["Empreinte de l’exemplaire signé", spaced(copy.sha256) if copy else ""],
    ]
    sections = [
        _evidence(each, links.get(each.signatory_id, []), private=party in ("", each.party))
        for each in agreement.signatures.all()
    ]
    data = {
        "issuer": {"name": network.name, "accent": network.accent},
        "reference": title,
        "kicker": "Signature électronique simple (règlement eIDAS, article 25)",
        "lead": "Qui a signé, quand, de quelle machine et par quel lien.",
        "facts": about,
        "sections": [*sections, _term()],
    }
    return {"data": data, "facts": [("Dossier de preuve", agreement.number)], "title": title}


def _term() -> dict[str, Any]:
    years = settings.SIGNATURE_YEARS
    text = (
        "L’adresse IP et le navigateur de chaque signature sont gardés jusqu’à "
        f"{years} an{'s' if years > 1 else ''} après le dernier jour de la mission, puis effacés : "
        "ce dossier est alors établi de nouveau, sans eux."
    )
    return {"title": "Combien de temps", "paragraphs": [text]}


def _evidence(signature: Signature, links: list[PersonalLink], *, private: bool) -> dict[str, Any]:
    """Return the section of the proof file on one signature.

    Args:
        private: whether to add what only the network and the signing party may read.
    """
    facts = [
        ["Qualité", signature.capacity],
        ["Délégation", signature.delegation or "sans"],
        ["Manière", way_of(signature)],
        ["Signé le", moment_of(signature.at)],
        ["Empreinte du document signé", spaced(signature.sha256)],
    ]
    if private:
        facts += _machine(signature)
        facts += [["Lien envoyé", _link(each)] for each in links]
    if signature.original and signature.paper:
        facts += [
            ["Empreinte du papier reçu", spaced(signature.original.sha256)],
            ["Empreinte de sa copie de lecture", spaced(signature.paper.sha256)],
        ]
    return {"title": f"{SIGNERS.get(signature.party, '')} : {signature.name}", "facts": facts}


def _machine(signature: Signature) -> list[list[str]]:
    if signature.on_paper:
        return []
    return [
        ["Adresse électronique", signature.email],
        ["Compte", f"n° {signature.person}" if signature.person else "sans"],
        ["Page affichée le", moment_of(signature.shown_at) if signature.shown_at else ""],
        ["Adresse IP", signature.address or ""],
        ["Navigateur", signature.browser],
    ]


def _link(link: PersonalLink) -> str:
    ended = f", retiré le {moment_of(link.revoked_at)}" if link.revoked_at else ""
    return (
        f"le {moment_of(link.created_at)} à {link.email}, valable jusqu’au "
        f"{localtime(link.expires_at):%d/%m/%Y}{ended}"
    )

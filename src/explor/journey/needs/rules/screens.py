"""The screens of the builder, how far a need is told, how two authors come together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..models import Need

# What each part serves, said to whoever left it blank.
USES = {
    "purpose": "À quoi sert la mission : préparer, mener ou évaluer.",
    "mission_type": "Le type de mission : il suggère un profil.",
    "objectives": "Les objectifs : ils disent ce que la personne vient faire.",
    "expected_results": "Les résultats attendus : le compte rendu y répondra.",
    "sectors": "Un secteur : il guide la recherche d’une personne.",
    "skills": "Une compétence : c’est elle que l’on cherche.",
    "country": "Le pays : il décide de la sécurité et des langues.",
    "place": "Le lieu : les conseils aux voyageurs changent d’une région à l’autre.",
    "window_start": "Le début de la fenêtre : il faut environ trois mois pour préparer un départ.",
    "window_end": "La fin de la fenêtre.",
    "days": "La durée sur place.",
    "partner": "Le partenaire de terrain : il accueille la mission et la confirme.",
}


@dataclass(frozen=True, kw_only=True)
class Screen:
    """One page of the builder: an idea, and the fields that tell it."""

    slug: str
    title: str
    lead: str
    fields: tuple[str, ...] = ()


SCREENS = {
    screen.slug: screen
    for screen in (
        Screen(
            slug="probleme",
            title="Le problème, et pour qui",
            lead="Racontez-le comme à une voisine : ce qui ne va pas, et qui cela concerne.",
            fields=("title", "context", "audiences", "sectors"),
        ),
        Screen(
            slug="partenaire",
            title="Avec qui, et où",
            lead="Qui accueille la mission sur place, et dans quel lieu.",
            fields=("partner", "country", "place"),
        ),
        Screen(
            slug="mission",
            title="À quoi sert la mission",
            lead="Choisissez ce qui ressemble le plus : l’écran suivant propose des phrases.",
            fields=("purpose", "mission_type"),
        ),
        Screen(
            slug="attendus",
            title="Ce qui sera fait, et ce qui restera",
            lead="Écrivez, ou partez d’une proposition d’un clic : tout reste à votre main.",
            fields=("objectives", "expected_results", "deliverables"),
        ),
        Screen(
            slug="competences",
            title="La personne que vous cherchez",
            lead="Le profil, les compétences, les langues : voilà ce que lira la personne.",
            fields=("profile", "skills", "languages"),
        ),
        Screen(
            slug="dates",
            title="Quand, et combien de temps",
            lead="Une fenêtre large trouve plus facilement une personne disponible.",
            fields=("window_start", "window_end", "days", "seats"),
        ),
    )
}


def label_of(field: str) -> str:
    """The name of a field, as its form says it."""
    if field == "languages":
        return "Langues"
    return str(Need._meta.get_field(field).verbose_name).capitalize()  # type: ignore[union-attr]


def after(slug: str) -> str:
    """The screen after this one; nothing after the last."""
    slugs = [*SCREENS, ""]
    return slugs[slugs.index(slug) + 1]


def merge(
    typed: Mapping[str, Any], stored: Mapping[str, Any], since: Mapping[str, Any]
) -> tuple[set[str], set[str]]:
    """What the author changed, and what of it others changed too since the page was drawn.

    `since` holds, for each field that others changed meanwhile, its value before they did: a field
    sent back with that value was not touched by the author, and keeps what the others wrote.
    """
    mine = {
        name
        for name, value in typed.items()
        if value != stored[name] and not (name in since and since[name] == value)
    }
    return mine, mine & set(since)


def changed_since(
    revisions: Iterable[tuple[int, Any, Mapping[str, Any]]], seen: int, tab: Any
) -> dict[str, Any]:
    """{field: value before} of what other pages changed since version `seen`, oldest first."""
    found: dict[str, Any] = {}
    for version, typed_on, changes in revisions:
        if version > seen and typed_on != tab:
            for name, (before, _) in changes.items():
                found.setdefault(name, before)
    return found


# Parts without which one may file, and what they serve all the same.
USEFUL = {
    "audiences": "Les publics concernés : pour qui la mission compte, et combien de personnes.",
    "deliverables": "Les livrables : ce que la personne vous remettra.",
    "profile": "Le profil : il aide une personne à se reconnaître.",
    "context": "Le contexte : ce que le comité doit savoir pour comprendre.",
}
# Who reads each part once the need is filed.
READERS = {
    "le réseau et le comité": ("purpose", "mission_type", "context", "audiences"),
    "le comité, puis l’experte ou l’expert": ("objectives", "expected_results", "deliverables"),
    "le classement des expertes et experts": ("sectors", "skills", "languages", "profile"),
    "le classement et l’employeur": ("window_start", "window_end", "days"),
    "le réseau, pour la sécurité": ("country", "place"),
    "le partenaire lui-même, puis le comité": ("partner",),
}


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part still blank: what it serves, who will read it, on which screen it is written."""

    field: str
    use: str
    reader: str
    screen: str


@dataclass(frozen=True, kw_only=True)
class Gauge:
    """How far a need is told: parts written of all parts, in hundredths, and the blanks."""

    percent: int
    blanks: list[Part]


def gauge(told: Mapping[str, object]) -> Gauge:
    """How complete a need is; `told` holds what each part says, languages included."""
    uses = {**USES, "languages": "Une langue et son niveau : sans elle, pas de travail.", **USEFUL}
    readers = {name: reader for reader, names in READERS.items() for name in names}
    where = {name: screen.slug for screen in SCREENS.values() for name in screen.fields}
    blanks = [
        Part(field=name, use=use, reader=readers[name], screen=where[name])
        for name, use in uses.items()
        if not told[name]
    ]
    return Gauge(percent=100 * (len(uses) - len(blanks)) // len(uses), blanks=blanks)

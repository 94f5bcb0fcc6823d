"""The screens of the guided builder, and how the changes of two authors are merged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .. import fields
from ..models import Need


@dataclass(frozen=True, kw_only=True)
class Screen:
    """One page of the guided builder: a topic and its fields."""

    slug: str
    title: str
    lead: str

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the names of the fields of the screen, in the order of the table."""
        return tuple(each.name for each in fields.FIELDS if each.screen == self.slug)


SCREENS = {
    screen.slug: screen
    for screen in (
        Screen(
            slug="probleme",
            title="Le problème, et pour qui",
            lead="Racontez-le comme à une voisine : ce qui ne va pas, et qui cela concerne.",
        ),
        Screen(
            slug="partenaire",
            title="Avec qui, et où",
            lead="Qui accueille la mission sur place, et dans quel lieu.",
        ),
        Screen(
            slug="mission",
            title="À quoi sert la mission",
            lead="Choisissez ce qui ressemble le plus : l’écran suivant propose des phrases.",
        ),
        Screen(
            slug="attendus",
            title="Ce qui sera fait, et ce qui restera",
            lead="Écrivez, ou partez d’une proposition d’un clic : tout reste à votre main.",
        ),
        Screen(
            slug="competences",
            title="La personne que vous cherchez",
            lead="Le profil, les compétences, les langues : voilà ce que lira la personne.",
        ),
        Screen(
            slug="dates",
            title="Quand, et combien de temps",
            lead="Une fenêtre large trouve plus facilement une personne disponible.",
        ),
    )
}


def label_of(field: str) -> str:
    """Return the verbose name of a field of the model, capitalised; "Langues" for `languages`."""
    if field == "languages":
        return "Langues"
    return str(Need._meta.get_field(field).verbose_name).capitalize()  # type: ignore[union-attr]


def after(slug: str) -> str:
    """Return the slug of the screen after `slug`, "" after the last."""
    slugs = [*SCREENS, ""]
    return slugs[slugs.index(slug) + 1]


def merge(
    sent: Mapping[str, Any],
    stored: Mapping[str, Any],
    since: Mapping[str, Any],
    unread: Iterable[str],
) -> tuple[set[str], set[str]]:
    """Compare the values that an author sent with those stored.

    Args:
        sent: the value sent for each field.
        stored: the present value of each field.
        since: for each field that others changed since the page was rendered, its value before. A
            field sent back with that value was not touched, and keeps what the others wrote.
        unread: the fields that others changed since the author last read them.

    Returns:
        The fields that the author changed, and those among them that the author has not read.
    """
    mine = {
        name
        for name, value in sent.items()
        if value != stored[name] and not (name in since and since[name] == value)
    }
    return mine, mine & set(unread)


def changed_since(
    revisions: Iterable[tuple[int, Any, Mapping[str, Any]]], version_read: int | None, tab: Any
) -> dict[str, Any]:
    """Return {field: value before} for the changes of other pages since a version; {} for None.

    Args:
        revisions: (version, tab, {field: [before, after]}) of each revision, the oldest first.
        tab: identifies the page that sends its values.
    """
    before: dict[str, Any] = {}
    for version, sent_from, changes in revisions:
        if version_read is not None and version > version_read and sent_from != tab:
            for name, (value, _) in changes.items():
                before.setdefault(name, value)
    return before

"""The parts of a page, declared: a name, what it is for, its props. All are shown on `/ui/`.

A prop without default must be given; one that is not listed is an error, so that a slip of the pen
in a template is seen by the first test that draws the page.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from . import figures

ACCENTS = [
    ("ocre", "Ocre"),
    ("garance", "Garance"),
    ("indigo", "Indigo"),
    ("lagon", "Lagon"),
    ("olive", "Olive"),
    ("prune", "Prune"),
    ("ardoise", "Ardoise"),
    ("terre", "Terre"),
]
TONES = ("neutral", "good", "warn", "bad", "info")
REQUIRED = object()


Props = dict[str, Any]


def _as_given(props: Props) -> Props:
    return props


@dataclass(frozen=True, kw_only=True)
class Component:
    """One part of a page. `block` ones wrap what stands between their tags.

    `shape` adds to the props what the template cannot reckon by itself: places, lengths, delays.
    A `pure` one is decided by its props alone, all texts: the same each time.
    """

    name: str
    purpose: str
    props: Props = field(default_factory=dict)
    block: bool = False
    shape: Callable[[Props], Props] = _as_given
    pure: bool = False

    def context(self, given: Props) -> Props:
        """The props with their defaults; raises `TypeError` on an unknown or missing one."""
        if unknown := sorted(set(given) - set(self.props)):
            raise TypeError(f"composant « {self.name} » : prop inconnue {', '.join(unknown)}")
        told = {**self.props, **given}
        if missing := [name for name, value in told.items() if value is REQUIRED]:
            raise TypeError(f"composant « {self.name} » : il manque {', '.join(missing)}")
        if told.get("tone", "neutral") not in TONES:
            raise TypeError(f"composant « {self.name} » : ton inconnu {told['tone']}")
        return self.shape(told)


def _bars(props: Props) -> Props:
    return {**props, "parts": figures.bars(props["parts"])}


def _road(props: Props) -> Props:
    steps = list(props["steps"])
    states = [step.state for step in steps]
    return {**props, "steps": steps, "arc": figures.arc(states) if steps else None}


def _waits(props: Props) -> Props:
    lines = [(item, figures.delay(item.until)) for item in props["items"]]
    return {**props, "lines": lines}


def _declare(*components: Component) -> dict[str, Component]:
    return {component.name: component for component in components}


COMPONENTS = _declare(
    Component(
        name="badge",
        purpose="un état, en un mot ; jamais par la couleur seule",
        props={"label": REQUIRED, "tone": "neutral"},
        pure=True,
    ),
    Component(
        name="bars",
        purpose="les parts d’un score, nommées, qui s’additionnent",
        props={"parts": REQUIRED, "total": None, "caption": "Ce qui fait le score"},
        shape=_bars,
    ),
    Component(
        name="empty",
        purpose="une liste vide : ce qui y viendra, comment commencer",
        props={"title": REQUIRED, "text": "", "url": "", "action": ""},
    ),
    Component(
        name="facts",
        purpose="des faits, en paires ; un blanc se montre « -- »",
        props={"items": REQUIRED},
    ),
    Component(
        name="filters",
        purpose="chercher et filtrer, dans l’adresse de la page",
        props={"label": "Filtrer", "reset": ""},
        block=True,
    ),
    Component(
        name="form",
        purpose="un formulaire entier, avec son bouton principal",
        props={
            "form": REQUIRED,
            "submit": REQUIRED,
            "cancel": "",
            "action": "",
            "danger": False,
        },
    ),
    Component(
        name="help",
        purpose="un tiroir d’aide : trois lignes, le texte de loi, qui appeler",
        props={"title": "Aide"},
        block=True,
    ),
    Component(
        name="notice",
        purpose="un avis qui compte pour la page",
        props={"title": "", "tone": "info"},
        block=True,
    ),
    Component(name="pager", purpose="les pages d’une liste", props={"page": REQUIRED}),
    Component(
        name="panel",
        purpose="une partie de page, avec son titre",
        props={"title": REQUIRED, "id": "", "tone": "neutral"},
        block=True,
    ),
    Component(
        name="road",
        purpose="la route d’un dossier : faite, présente, à venir",
        props={"steps": REQUIRED, "label": "La route de ce dossier"},
        shape=_road,
    ),
    Component(
        name="table",
        purpose="un tableau, qui devient des cartes sur un téléphone",
        props={"caption": REQUIRED, "columns": REQUIRED, "hide_caption": False},
        block=True,
    ),
    Component(
        name="verbs",
        purpose="ce que l’on peut faire ; ce qui est refusé dit pourquoi",
        props={"items": REQUIRED},
    ),
    Component(
        name="waits",
        purpose="qui doit agir, jusqu’à quand, pourquoi",
        props={"items": REQUIRED, "begin": "Rien ne vous attend."},
        shape=_waits,
    ),
)

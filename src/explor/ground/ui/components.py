"""The template components, each declared with a name, a purpose and props; `/ui/` shows them all.

Props are the arguments of a component in a template. A required prop left out and an unknown prop
are errors, so that a mistake in a template fails the first test that renders the page.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from explor.ground.ui import figures
from explor.ground.ui.pictures import cover

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
    """A template component. A `block` component wraps the content between its two tags.

    `props` holds the default value of each prop, `REQUIRED` if it has no default. `shape` returns
    additional values that the template cannot compute, such as lengths. A `pure` component depends
    only on its props, which are texts, so its HTML is cached.
    """

    name: str
    purpose: str
    props: Props = field(default_factory=dict)
    block: bool = False
    shape: Callable[[Props], Props] = _as_given
    pure: bool = False

    def context(self, given: Props) -> Props:
        """Return the template variables: the given props, the defaults and the result of `shape`.

        Raises:
            TypeError: a prop is unknown or missing, or the value of `tone` is unknown.
        """
        if unknown := sorted(set(given) - set(self.props)):
            raise TypeError(f"composant « {self.name} » : prop inconnue {', '.join(unknown)}")
        props = {**self.props, **given}
        if missing := [name for name, value in props.items() if value is REQUIRED]:
            raise TypeError(f"composant « {self.name} » : il manque {', '.join(missing)}")
        if props.get("tone", "neutral") not in TONES:
            raise TypeError(f"composant « {self.name} » : ton inconnu {props['tone']}")
        return self.shape(props)


def _bars(props: Props) -> Props:
    return {**props, "parts": figures.bars(props["parts"])}


def _progress(props: Props) -> Props:
    steps = list(props["steps"])
    states = [step.state for step in steps]
    return {**props, "steps": steps, "arc": figures.arc(states) if steps else None}


def _tasks(props: Props) -> Props:
    lines = [(item, figures.delay(item.until)) for item in props["items"]]
    return {**props, "lines": lines}


def _bar(props: Props) -> Props:
    return {**props, "segments": figures.segments(props["parts"], props["total"])}


def _strip(props: Props) -> Props:
    items = [
        {**item, "segments": figures.segments(item["parts"], item["total"])}
        for item in props["items"]
    ]
    return {**props, "items": items}


def _multi(props: Props) -> Props:
    return {**props, "items": figures.charts(props["items"])}


def _people(props: Props) -> Props:
    items = [{**item, "initials": figures.initials(item["name"])} for item in props["items"]]
    return {**props, "items": items}


def _initials(props: Props) -> Props:
    return {**props, "initials": figures.initials(props["of"])}


def _log(props: Props) -> Props:
    lines = [
        {**item, "segments": figures.segments([(item.get("ink", "b1"), item["used"])], 100)}
        if item.get("used") is not None
        else item
        for item in props["items"]
    ]
    return {**props, "items": lines}


def _cover(props: Props) -> Props:
    drawn = cover(props["outline"], sector=props["sector"], seed=props["seed"])
    return {**props, "cover": drawn}


def _two(props: Props) -> Props:
    return {
        **props,
        "mine": list(props["mine"]),
        "theirs": [(item, figures.delay(item.until)) for item in props["theirs"]],
    }


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
        name="band",
        purpose="une bande d’une page publique, d’un bord à l’autre",
        props={"title": REQUIRED, "id": REQUIRED, "deep": False, "lead": ""},
        block=True,
    ),
    Component(
        name="bar",
        purpose="des parts d’un tout ; le nombre est toujours écrit à côté",
        props={"parts": REQUIRED, "total": 100, "label": ""},
        shape=_bar,
    ),
    Component(
        name="bars",
        purpose="les parts d’un score, nommées, qui s’additionnent",
        props={"parts": REQUIRED, "total": None, "caption": "Ce qui fait le score"},
        shape=_bars,
    ),
    Component(
        name="chips",
        purpose="des filtres à retirer, ou un choix parmi quelques-uns",
        props={"items": REQUIRED, "label": "Filtres actifs", "reset": ""},
    ),
    Component(
        name="confirm",
        purpose="le bouton d’un acte qui écrit à des gens : le verbe, le nombre, « pour qui »",
        props={"verb": REQUIRED, "cancel": REQUIRED, "reader": "", "danger": False, "action": ""},
        block=True,
    ),
    Component(
        name="cover",
        purpose="l’image d’une fiche, dessinée d’après son pays et son secteur",
        props={"outline": "", "sector": "", "seed": REQUIRED, "label": ""},
        shape=_cover,
    ),
    Component(
        name="dock",
        purpose="les gestes d’une longue page, toujours à portée",
        props={"label": "Suite"},
        block=True,
    ),
    Component(
        name="drawer",
        purpose="une colonne sur un bureau, un tiroir sur un téléphone",
        props={"id": REQUIRED, "label": REQUIRED},
        block=True,
    ),
    Component(
        name="empty",
        purpose="une liste vide : ce qui y viendra, comment commencer",
        props={"title": REQUIRED, "text": "", "url": "", "action": ""},
    ),
    Component(
        name="facets",
        purpose="les filtres d’une liste, comptés",
        props={"items": REQUIRED},
    ),
    Component(
        name="facts",
        purpose="des faits, en paires ; un blanc se montre « -- »",
        props={"items": REQUIRED, "spec": False},
    ),
    Component(
        name="filters",
        purpose="chercher et filtrer, dans l’adresse de la page",
        props={"label": "Filtrer", "reset": ""},
        block=True,
    ),
    Component(
        name="find",
        purpose="une seule recherche : numéro, nom, lieu",
        props={"action": REQUIRED, "value": "", "label": "Chercher un numéro, un nom, un lieu"},
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
        name="hits",
        purpose="les réponses d’une recherche : image, titre, extrait, où il a été trouvé",
        props={"items": REQUIRED},
    ),
    Component(
        name="initials",
        purpose="une personne sans portrait",
        props={"of": REQUIRED, "low": False},
        shape=_initials,
        pure=True,
    ),
    Component(
        name="keys",
        purpose="la légende d’un dessin",
        props={"items": REQUIRED},
    ),
    Component(
        name="log",
        purpose="le journal de bord : la date en marge, l’acte, la référence, le bouton",
        props={"items": REQUIRED},
        shape=_log,
    ),
    Component(
        name="multi",
        purpose="de petits dessins côte à côte, sur une même échelle",
        props={"items": REQUIRED},
        shape=_multi,
    ),
    Component(
        name="notice",
        purpose="un avis qui compte pour la page",
        props={"title": "", "tone": "info"},
        block=True,
    ),
    Component(
        name="now",
        purpose="le prochain geste d’un dossier, de qui, avant quand",
        props={"title": REQUIRED, "text": "", "url": "", "action": ""},
    ),
    Component(
        name="nums",
        purpose="deux à quatre chiffres, chacun une phrase",
        props={"items": REQUIRED, "brief": False},
    ),
    Component(name="pager", purpose="les pages d’une liste", props={"page": REQUIRED}),
    Component(
        name="panel",
        purpose="une partie de page, avec son titre",
        props={"title": REQUIRED, "id": "", "tone": "neutral"},
        block=True,
    ),
    Component(
        name="people",
        purpose="qui : le rôle, le téléphone, les heures",
        props={"items": REQUIRED},
        shape=_people,
    ),
    Component(
        name="recipients",
        purpose="à qui un acte écrit, combien, et ce que chacun lit",
        props={"items": REQUIRED},
    ),
    Component(
        name="ref",
        purpose="le numéro d’un dossier, jamais coupé",
        props={"number": REQUIRED, "url": ""},
        pure=True,
    ),
    Component(
        name="progress",
        purpose="la route d’un dossier : faite, présente, à venir",
        props={"steps": REQUIRED, "label": "La route de ce dossier"},
        shape=_progress,
    ),
    Component(
        name="story",
        purpose="une mission vraie : une personne, une phrase, trois résultats",
        props={"title": REQUIRED, "kicker": "", "quote": "", "cover": ""},
        block=True,
    ),
    Component(
        name="strip",
        purpose="l’argent : une case par financeur, payé, engagé, prévu, libre",
        props={"items": REQUIRED},
        shape=_strip,
    ),
    Component(
        name="table",
        purpose="un tableau, qui devient des cartes sur un téléphone",
        props={"caption": REQUIRED, "columns": REQUIRED, "hide_caption": False},
        block=True,
    ),
    Component(
        name="two",
        purpose="les deux côtés d’une attente : à vous, chez d’autres",
        props={"mine": REQUIRED, "theirs": REQUIRED, "begin": "Rien ne vous attend."},
        shape=_two,
    ),
    Component(
        name="verbs",
        purpose="ce que l’on peut faire ; ce qui est refusé dit pourquoi",
        props={"items": REQUIRED},
    ),
    Component(
        name="versions",
        purpose="des faits signés et leurs anciennes versions, gardées et barrées",
        props={"items": REQUIRED, "caption": "Ce qui est arrêté et signé"},
    ),
    Component(
        name="tasks",
        purpose="qui doit agir, jusqu’à quand, pourquoi",
        props={"items": REQUIRED, "begin": "Rien ne vous attend."},
        shape=_tasks,
    ),
    Component(
        name="weeks",
        purpose="les départs et les retours, semaine par semaine",
        props={"items": REQUIRED, "label": "Départs et retours"},
    ),
    Component(
        name="world",
        purpose="la carte en points : un disque par pays, lié à sa liste",
        props={
            "land": REQUIRED,
            "places": REQUIRED,
            "label": "Carte des projets",
            "view_box": "330 84 1330 640",
        },
    ),
)

"""The roles of a person, and the actor that rules, verbs and the journal receive."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, kw_only=True)
class Role:
    """A role as held by one person, ready for the menu.

    `kind` is the role type, `key` the name of its scope in the URL ("" for a type without), `scope`
    the primary key of what it opens (a network, an organisation, a call).
    """

    kind: str
    key: str
    name: str
    scope: int
    accent: str
    label: str

    @property
    def url(self) -> str:
        """Return the address of the home of this role."""
        return f"/{self.kind}/{self.key}/" if self.key else f"/{self.kind}/"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person in one role, for the time of one request or one job.

    `person` is an opaque id, None for the public, a partner's link and the system. `role` is the
    role type, `scope` the primary key of what it opens and `key` its name in the URL. `acting_for`
    names the person on whose word the act is recorded.
    """

    person: int | None = None
    name: str = ""
    email: str = ""
    role: str = "public"
    scope: int | None = None
    key: str = ""
    acting_for: str = ""

    def on_word_of(self, name: str) -> "Actor":
        """Return the same actor, acting on the word that `name` gave by phone or on paper."""
        return replace(self, acting_for=name)

    def __str__(self) -> str:
        return f"{self.name} pour {self.acting_for}" if self.acting_for else self.name


PUBLIC = Actor()
SYSTEM = Actor(name="Explor", role="systeme")

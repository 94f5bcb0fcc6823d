"""The role of a person, and the actor passed to permissions, actions and the journal."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, kw_only=True)
class Role:
    """A role held by one person, with the texts that the menu displays.

    `kind` is the role type; `scope` is the primary key of the network, organisation or call of the
    role, and `key` is its slug in the URL, or "". `accent` is a colour.
    """

    kind: str
    key: str
    name: str
    scope: int
    accent: str
    label: str

    @property
    def url(self) -> str:
        """Return the URL of the home page of this role."""
        return f"/{self.kind}/{self.key}/" if self.key else f"/{self.kind}/"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person acting in one role, during one request or one job.

    `person` is a primary key, None for the public, a partner's link and the system. `role`, `scope`
    and `key` are the `kind`, `scope` and `key` of the `Role`. `acting_for` is the name of a person
    who agreed, by phone or on paper, to an action that the actor records for them.
    """

    person: int | None = None
    name: str = ""
    email: str = ""
    role: str = "public"
    scope: int | None = None
    key: str = ""
    acting_for: str = ""

    def on_word_of(self, name: str) -> "Actor":
        """Return a copy of this actor that acts for `name`, who agreed by phone or on paper."""
        return replace(self, acting_for=name)

    def __str__(self) -> str:
        return f"{self.name} pour {self.acting_for}" if self.acting_for else self.name


PUBLIC = Actor()
SYSTEM = Actor(name="Explor", role="systeme")

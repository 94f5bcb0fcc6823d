"""Who acts, and under which hat: the one thing permissions, verbs and the journal ask for."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person under one hat, for the time of one request or one job.

    `person` is an opaque id, absent for the public, a partner's link and the system. `hat` is the
    kind of hat, `scope` the primary key of what it opens (a network, an organisation, a call) and
    `key` its name in the URL. `acting_for` names the person on whose word the act is recorded.
    """

    person: int | None = None
    name: str = ""
    email: str = ""
    hat: str = "public"
    scope: int | None = None
    key: str = ""
    acting_for: str = ""

    def on_word_of(self, name: str) -> "Actor":
        """The same actor, recording what `name` asked by phone or on paper."""
        return replace(self, acting_for=name)

    def __str__(self) -> str:
        return f"{self.name} pour {self.acting_for}" if self.acting_for else self.name


PUBLIC = Actor()
SYSTEM = Actor(name="Explor", hat="systeme")

"""One verb, one page: declare a verb once, get its URL, its confirmation page and its button.

A capability declares its verbs in `views` and writes no view function for them:

    VERBS = VerbPages(
        "missions", "missions/<int:pk>/", load=load, back=pages.url_of,
        workflow=MISSION, can=rules.can,
        verbs=(
            Verb(actions.clear, "feu-vert", form=ClearForm, effects=pages.effects_of_clear,
                 blockers=pages.blockers_of_clear, done="Le feu vert est donné."),
            Verb(actions.assign, "prendre-en-charge", label="Prendre en charge", can=may_assign),
        ),
    )

then `urls` says `reseau = [*VERBS.urls("reseau"), ...]` (names `missions:reseau_clear`, ...), and a
page draws `{% ui "verbs" items=verbs %}` with `VERBS.buttons(request.actor, mission)`. The name of
a verb is that of its action; when the table has that name, the table says its roles, states, label,
reason and danger. Every callable takes `(actor, subject)` unless said otherwise. Effects belong in
the capability's `pages`:

    def effects_of_clear(actor, mission):
        return Effects(
            happens=(Consequence("La mission peut partir.", mission.start),),
            notified=(Notified("Les quatre parties", "le feu vert et la date du départ"),),
            undo=(Undo("Jusqu’au départ", "Le réseau peut retirer le feu vert."),),
        )
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from explor.ground.http.access import require
from explor.ground.http.actor import Actor
from explor.ground.http.replay import done_redirect, replayed_url
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.forms import BaseForm
from explor.ground.ui.submit import submit
from explor.ground.workflow.forms import ActionForm, EditForm
from explor.ground.workflow.table import Transition, Workflow

PATIENCE = 1.0  # seconds: how long a second press waits to learn where the first one led
NOT_ARGUMENTS = ("version", "idempotency_key", "word_of")

Text = str | Callable[[Actor, Any], str]
Rule = Callable[[Actor, Any], bool]
Reasons = Callable[[Actor, Any], Iterable[str]]


@dataclass(frozen=True)
class Consequence:
    """Something that will happen, and when: a day, an instant, or words (« sous 15 jours »)."""

    what: str
    when: date | datetime | str = ""

    @property
    def day(self) -> str:
        """Return the date as the page shows it."""
        return self.when if isinstance(self.when, str) else f"{self.when:%d/%m/%Y}"


@dataclass(frozen=True)
class Notified:
    """Who is written to, and what they read; `count` when it is known."""

    who: str
    reads: str
    count: int | None = None


@dataclass(frozen=True)
class Undo:
    """What can be undone, and until when."""

    until: str
    what: str


@dataclass(frozen=True, kw_only=True)
class Effects:
    """What the confirmation page announces; must be true of the action and of its messages."""

    happens: Sequence[Consequence] = ()
    notified: Sequence[Notified] = ()
    undo: Sequence[Undo] = ()


def typed_values(actor: Actor, form: Form) -> dict[str, Any]:
    """Return what was typed, by field name: the default keyword arguments of the action."""
    return {name: v for name, v in form.cleaned_data.items() if name not in NOT_ARGUMENTS}


def typed_changes(actor: Actor, form: Form) -> dict[str, Any]:
    """Return what was typed as the one argument `changes`, for an action that edits a row."""
    return {"changes": typed_values(actor, form)}


@dataclass(frozen=True)
class Verb:
    """One verb and all that its page needs.

    Attributes:
        act: the action, called as `act(subject, by=..., expected_version=..., **arguments)`.
        slug: the last part of its address; "" when the address of the set is its own.
        name: the name of the action, of the transition and of the URL; default: that of `act`.
        url_name: the name of the URL after the role, when it is not `name`.
        route: the whole address, when it does not begin as that of the set.
        by: the roles that have this page; default: those of the table, else every role.
        label: the words of the button; default: those of the table.
        title: the heading of the page; default: the label.
        lead: a sentence under the heading.
        danger: default: that of the table.
        form: built with `subject=` when it is an `EditForm`, and with `options(actor, subject)`.
        arguments: `(actor, form)` -> keyword arguments of the action.
        versioned: pass `expected_version`, the version of the page, to the action.
        can: who may (403 otherwise); default: the rule of the set.
        blockers: what prevents the act now; shown on the page and beside the refused button.
        notes: what to know before acting, that does not prevent it.
        effects: what will happen, who is notified, what can be undone; required for a transition.
        done: the message after the act.
        leads_to: where one goes after the act; default: `back` of the set.
        leads_to_result: like `leads_to`, called with what the action returned.
        on_word_of: the name of the person for whom the actor acts, "" when for themselves; a form
            field named `word_of` says it as well, and wins.
        button: False for a verb whose link is drawn elsewhere than among the buttons.
        template: a template that extends `workflow/confirm.html`.
        context: more for that template.
    """

    act: Callable[..., Any]
    slug: str
    name: str = ""
    url_name: str = ""
    route: str = ""
    by: Sequence[str] = ()
    label: Text = ""
    title: Text = ""
    lead: Text = ""
    danger: bool | None = None
    form: type[BaseForm] = ActionForm
    options: Callable[[Actor, Any], dict[str, Any]] | None = None
    arguments: Callable[[Actor, Any], dict[str, Any]] = typed_values
    versioned: bool = True
    can: Rule | None = None
    blockers: Reasons | None = None
    notes: Reasons | None = None
    effects: Effects | Callable[[Actor, Any], Effects] | None = None
    done: Text = ""
    leads_to: Callable[[Actor, Any], str] | None = None
    leads_to_result: Callable[[Actor, Any], str] | None = None
    on_word_of: Text = ""
    button: bool = True
    template: str = "workflow/confirm.html"
    context: Callable[[Actor, Any], dict[str, Any]] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.name or self.act.__name__)
        object.__setattr__(self, "url_name", self.url_name or self.name)


@dataclass(frozen=True)
class VerbPages:
    """The verbs of one kind of subject: their URLs, their pages, their buttons.

    Attributes:
        app: the URL namespace of the capability.
        route: the address of the subject, under that of the role.
        load: `(request, **url arguments)` -> the subject, or 404; filters by `visible_to`.
        back: the page of the subject, where a verb and its cancellation lead.
        can: `(actor, verb, subject)`: who may take a verb that has no `can` of its own.
        crumb: how the page names the subject above its heading.
        args_of: the URL arguments of a subject, the key of the role aside.
        guard: the decorator that opens a view to a role.
    """

    app: str
    route: str
    load: Callable[..., Any]
    back: Callable[[Actor, Any], str]
    verbs: Sequence[Verb]
    workflow: Workflow | None = None
    can: Callable[[Actor, str, Any], bool] | None = None
    roles: Sequence[str] = ()
    crumb: Callable[[Any], str] = str
    args_of: Callable[[Any], Sequence[Any]] = field(default=lambda subject: [subject.pk])
    guard: Callable[[str], Callable[..., Any]] = role_required

    def __post_init__(self) -> None:
        for verb in self.verbs:
            rows = self._rows(verb)
            if not (rows or verb.label):
                raise TypeError(f"{self.app}.{verb.name}: a verb outside the table needs a label")
            if rows and verb.effects is None:
                raise TypeError(f"{self.app}.{verb.name}: a transition says its effects")
            if not (verb.can or self.can):
                raise TypeError(f"{self.app}.{verb.name}: no rule says who may")

    def urls(self, role: str) -> list[URLPattern]:
        """Return one pattern for each verb that `role` may take, named `<role>_<verb>`."""
        return [
            path(
                verb.route or (f"{self.route}{verb.slug}/" if verb.slug else self.route),
                self.guard(role)(self._view(verb)),
                name=f"{role}_{verb.url_name}",
            )
            for verb in self.verbs
            if role in self._roles(verb, role)
        ]

    def url(self, actor: Actor, name: str, subject: Any) -> str:
        """Return the address of the verb `name` on `subject`, under the role of `actor`."""
        verb = self._named(name)
        key = [actor.key] if actor.key else []
        url_name = f"{self.app}:{actor.role}_{verb.url_name}"
        return reverse(url_name, args=[*key, *self.args_of(subject)])

    def buttons(
        self,
        actor: Actor,
        subject: Any,
        *,
        refused: Mapping[str, str] | None = None,
        without: Sequence[str] = (),
    ) -> list[dict[str, Any]]:
        """Return the items of the component « verbs »: what `actor` may do now, in their order.

        Args:
            refused: reasons already known to the page, by verb; they replace its `blockers`, and ""
                says that nothing prevents the verb.
            without: verbs to leave out, taken on another page.
        """
        return [
            {
                "label": self._label(verb, actor, subject),
                "danger": self._danger(verb, subject),
                "url": self.url(actor, verb.name, subject),
                "refused": self._refused(verb, actor, subject, refused or {}),
            }
            for verb in self.verbs
            if verb.button and verb.name not in without and self.offers(verb.name, actor, subject)
        ]

    def offers(self, name: str, actor: Actor, subject: Any) -> bool:
        """Return whether `actor` has the verb in the present state, whatever blocks it."""
        verb = self._named(name)
        rows = self._rows(verb)
        in_table = not rows or any(
            subject.state in row.sources and actor.role in row.by for row in rows
        )
        has_page = actor.role in self._roles(verb, actor.role)
        return has_page and in_table and self._may(verb, actor, subject)

    # The page of a verb.

    def _view(self, verb: Verb) -> Callable[..., HttpResponse]:
        def view(request: Request, **where: Any) -> HttpResponse:
            return self._serve(verb, request, **where)

        view.verb, view.verb_pages = verb, self  # type: ignore[attr-defined]  # read by tests
        return require_http_methods(["GET", "HEAD", "POST"])(view)

    def _serve(self, verb: Verb, request: Request, **where: Any) -> HttpResponse:
        """Load (404), ask the table (409) and the rule (403); then act, or draw the page."""
        subject, actor = self.load(request, **where), request.actor
        if self.workflow and self._rows(verb):
            self.workflow.transition(subject.state, verb.name)
        require(self._may(verb, actor, subject))
        form = self._form(verb, request, subject)
        results: list[Any] = []
        if submit(request, form, lambda: results.append(self._run(verb, actor, subject, form))):
            message = self._text(verb.done, actor, subject) or self._done(verb, actor, subject)
            return done_redirect(request, self._next(verb, request, subject, results), message)
        return render_page(request, verb.template, self._context(verb, request, subject, form))

    def _form(self, verb: Verb, request: Request, subject: Any) -> BaseForm:
        """Build the form, bound when something is sent."""
        posted = request.method == "POST"
        given: dict[str, Any] = {}
        if issubclass(verb.form, EditForm):
            given["subject"] = subject
        if verb.form is ActionForm:
            given["needs_reason"] = bool((row := self._row(verb, subject)) and row.needs_reason)
        if verb.options:
            given |= verb.options(request.actor, subject)
        return verb.form(
            request.POST if posted else None, files=request.FILES if posted else None, **given
        )

    def _run(self, verb: Verb, actor: Actor, subject: Any, form: BaseForm) -> Any:
        """Call the action in the name of `actor`, for whom it says."""
        for_whom = form.cleaned_data.get("word_of") or self._text(verb.on_word_of, actor, subject)
        given = dict(verb.arguments(actor, form))
        if verb.versioned and isinstance(form, EditForm):
            given["expected_version"] = form.expected_version
        return verb.act(subject, by=actor.on_word_of(for_whom) if for_whom else actor, **given)

    def _next(self, verb: Verb, request: Request, subject: Any, results: list[Any]) -> str:
        """Return where the act leads; a second press, which made nothing, follows the first."""
        if verb.leads_to_result and results:
            return verb.leads_to_result(request.actor, results[0])
        if verb.leads_to_result and (url := replayed_url(request, patience=PATIENCE)):
            return url
        return (verb.leads_to or self.back)(request.actor, subject)

    def _context(
        self, verb: Verb, request: Request, subject: Any, form: BaseForm
    ) -> dict[str, Any]:
        actor, effects = request.actor, verb.effects
        label = self._label(verb, actor, subject)
        return {
            "form": form,
            "label": label,
            "title": self._text(verb.title, actor, subject) or label,
            "lead": self._text(verb.lead, actor, subject),
            "danger": self._danger(verb, subject),
            "back": self.back(actor, subject),
            "crumb": self.crumb(subject),
            # The form shows why the act was refused: the page does not repeat it.
            "blockers": [] if form.is_bound else self._blockers(verb, actor, subject),
            "notes": [*verb.notes(actor, subject)] if verb.notes else [],
            "columns": ["Qui", "Ce qu’ils lisent"],
            "effects": effects(actor, subject) if callable(effects) else effects,
            "for_whom": self._text(verb.on_word_of, actor, subject),
            **(verb.context(actor, subject) if verb.context else {}),
        }

    # What the table and the declaration give for a verb.

    def _named(self, name: str) -> Verb:
        return next(verb for verb in self.verbs if verb.name == name)

    def _rows(self, verb: Verb) -> list[Transition]:
        table = self.workflow.transitions if self.workflow else ()
        return [row for row in table if row.verb == verb.name]

    def _row(self, verb: Verb, subject: Any) -> Transition | None:
        """Return the line of the table for the present state, else the first one of the verb."""
        rows = self._rows(verb)
        present = [row for row in rows if subject.state in row.sources]
        return next(iter([*present, *rows]), None)

    def _roles(self, verb: Verb, role: str) -> set[str]:
        """Return the roles that have the page of `verb`; a verb without roles belongs to each."""
        rows = self._rows(verb)
        by = set(verb.by) or {each for row in rows for each in row.by} or {role}
        return by & set(self.roles) if self.roles else by

    def _may(self, verb: Verb, actor: Actor, subject: Any) -> bool:
        if verb.can:
            return verb.can(actor, subject)
        return self.can is not None and self.can(actor, verb.name, subject)

    def _blockers(self, verb: Verb, actor: Actor, subject: Any) -> list[str]:
        return [*verb.blockers(actor, subject)] if verb.blockers else []

    def _refused(self, verb: Verb, actor: Actor, subject: Any, refused: Mapping[str, str]) -> str:
        if verb.name in refused:
            return refused[verb.name]
        return " ".join(self._blockers(verb, actor, subject))

    def _label(self, verb: Verb, actor: Actor, subject: Any) -> str:
        row = self._row(verb, subject)
        return self._text(verb.label, actor, subject) or (row.label if row else verb.name)

    def _done(self, verb: Verb, actor: Actor, subject: Any) -> str:
        return f"{self._label(verb, actor, subject)} : c’est fait."

    def _danger(self, verb: Verb, subject: Any) -> bool:
        row = self._row(verb, subject)
        return bool(row and row.danger) if verb.danger is None else verb.danger

    @staticmethod
    def _text(text: Text, actor: Actor, subject: Any) -> str:
        return text if isinstance(text, str) else text(actor, subject)

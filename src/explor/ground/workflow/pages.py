"""Confirmation pages of verbs: declare a verb once to get its URL, page and button.

A package declares its verbs in `views`, without any view function:

    VERBS = VerbPages(
        "missions", "missions/<int:pk>/", load=load, back=pages.url_of,
        workflow=MISSION, can=rules.can, verbs=(
            Verb(actions.clear, "feu-vert", form=ClearForm, effects=pages.effects_of_clear),
            Verb(actions.assign, "prendre-en-charge", label="Prendre en charge", can=may_assign),
        ),
    )

`urls` then has `reseau = [*VERBS.urls("reseau"), ...]` (names `missions:reseau_clear`, ...), and a
page renders `{% ui "verbs" items=verbs %}` with `VERBS.buttons(request.actor, mission)`. A verb has
the name of its action; if the workflow has a transition of that name, its roles, states, label,
reason and danger come from it. Every callable takes `(actor, subject)` unless another signature is
given. Effects belong in the `pages` module of the package:

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

PATIENCE = 1.0  # seconds that a second submission waits for the redirect of the first
NOT_ARGUMENTS = ("version", "idempotency_key", "word_of")

Text = str | Callable[[Actor, Any], str]
Rule = Callable[[Actor, Any], bool]
Reasons = Callable[[Actor, Any], Iterable[str]]


@dataclass(frozen=True)
class Consequence:
    """A consequence of a verb, and when it happens: a date, a time or text (« sous 15 jours »)."""

    what: str
    when: date | datetime | str = ""

    @property
    def day(self) -> str:
        """Return the date as dd/mm/yyyy, or the text given instead of a date."""
        return self.when if isinstance(self.when, str) else f"{self.when:%d/%m/%Y}"


@dataclass(frozen=True)
class Notified:
    """The recipients of a message and its content in French; `count` is their number, if known."""

    who: str
    reads: str
    count: int | None = None


@dataclass(frozen=True)
class Undo:
    """A way to undo a verb: `what` to do, and `until` when it is possible, both in French."""

    until: str
    what: str


@dataclass(frozen=True, kw_only=True)
class Effects:
    """The consequences of a verb that its confirmation page announces; they must be accurate."""

    happens: Sequence[Consequence] = ()
    notified: Sequence[Notified] = ()
    undo: Sequence[Undo] = ()


def typed_values(actor: Actor, form: Form) -> dict[str, Any]:
    """Return {field name: cleaned value} without technical fields: the default `Verb.arguments`."""
    return {name: v for name, v in form.cleaned_data.items() if name not in NOT_ARGUMENTS}


def typed_changes(actor: Actor, form: Form) -> dict[str, Any]:
    """Return {"changes": typed values} as the arguments of a verb that edits a row."""
    return {"changes": typed_values(actor, form)}


@dataclass(frozen=True)
class Verb:
    """The declaration of a verb (an action on a row) and of its confirmation page.

    Attributes:
        act: the action, called as `act(subject, by=..., expected_version=..., **arguments)`.
        slug: the last part of the URL of the verb; "" to use the URL of the `VerbPages`.
        name: the name of the transition and of the URL; default: the name of `act`.
        url_name: the name of the URL, after the role, when it differs from `name`.
        route: the whole URL pattern, when it does not begin with the route of the `VerbPages`.
        by: the roles that have this page; default: those of the workflow, else every role.
        label: the label of the button; default: the label in the workflow.
        title: the heading of the page; default: the label.
        lead: a sentence under the heading.
        danger: whether the button warns that undoing is hard; default: as in the workflow.
        form: the class of the form, instantiated with `options(actor, subject)`, plus `subject=`
            for an `EditForm`.
        options: returns further arguments of the form.
        arguments: `(actor, form)` -> keyword arguments of the action.
        sent: `(request, form)` -> further keyword arguments, such as the address of the machine.
        versioned: pass `expected_version`, the version of the page, to the action.
        can: returns whether the actor may take the verb (else 403); default: `VerbPages.can`.
        blockers: the reasons why the verb is not possible now, shown on the page and by the button.
        notes: warnings to read first, which do not prevent the action.
        effects: returns the `Effects` to announce; required for a transition.
        done: the success message after the act.
        leads_to: returns the URL to redirect to after the act; default: `VerbPages.back`.
        leads_to_result: like `leads_to`, called with the result of the action.
        on_word_of: returns the name of the person for whom the actor acts, "" when they act for
            themselves; a form field named `word_of` overrides it.
        button: False for a verb whose link is displayed elsewhere than among the buttons.
        template: a template that extends `workflow/confirm.html`.
        context: returns additional variables for that template.
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
    sent: Callable[[Request, Any], dict[str, Any]] | None = None
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
    """The verbs of one model: their URLs, their pages and their buttons.

    Attributes:
        app: the URL namespace of the package.
        route: the URL pattern of the subject, after the part of the role.
        load: `(request, **url arguments)` -> the subject filtered by `visible_to`, or 404.
        back: returns the URL of the subject, to which a verb and its cancellation lead.
        verbs: the verbs, in the order of their buttons.
        workflow: the workflow of the model, if it has one.
        can: `(actor, verb, subject)` -> whether the actor may take a verb without `can` function.
        roles: the only roles that have these pages; every role by default.
        crumb: returns the text of the link to the subject, above the heading.
        args_of: returns the URL arguments of a subject, without the key of the role.
        guard: returns the decorator that restricts a view to a role.
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
        """Return one URL pattern for each verb that `role` may take, named `<role>_<verb>`."""
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
        """Return the URL of the verb `name` on `subject`, under the role of `actor`."""
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
        """Return the buttons of the verbs that `actor` may take now, in the order of declaration.

        A button has `label`, `danger`, `url`, and `refused`: why the verb is not possible, or "".

        Args:
            refused: reasons already known to the page, by verb; they replace the result of
                `blockers`, and "" means that nothing prevents the verb.
            without: the verbs to leave out, since another page has them.
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
        """Return whether `actor` may take a verb in the current state, ignoring its blockers."""
        verb = self._named(name)
        rows = self._rows(verb)
        in_table = not rows or any(
            subject.state in row.sources and actor.role in row.by for row in rows
        )
        has_page = actor.role in self._roles(verb, actor.role)
        return has_page and in_table and self._may(verb, actor, subject)

    # The view of a verb.

    def _view(self, verb: Verb) -> Callable[..., HttpResponse]:
        def view(request: Request, **where: Any) -> HttpResponse:
            return self._serve(verb, request, **where)

        view.verb, view.verb_pages = verb, self  # type: ignore[attr-defined]  # read by tests
        return require_http_methods(["GET", "HEAD", "POST"])(view)

    def _serve(self, verb: Verb, request: Request, **where: Any) -> HttpResponse:
        """Answer a request to the page of a verb: show its form, or act and redirect.

        Raises:
            Http404: the actor may not see the subject.
            ActionNotAllowed: the verb is not possible in the state of the subject (409).
            PermissionDenied: the actor may not take the verb.
        """
        subject, actor = self.load(request, **where), request.actor
        if self.workflow and self._rows(verb):
            self.workflow.transition(subject.state, verb.name, subject.state_label)
        require(self._may(verb, actor, subject))
        form = self._form(verb, request, subject)
        results: list[Any] = []
        if submit(request, form, lambda: results.append(self._run(verb, request, subject, form))):
            message = self._text(verb.done, actor, subject) or self._done(verb, actor, subject)
            return done_redirect(request, self._next(verb, request, subject, results), message)
        return render_page(request, verb.template, self._context(verb, request, subject, form))

    def _form(self, verb: Verb, request: Request, subject: Any) -> BaseForm:
        """Build the form of a verb, with its options, bound to the data of a POST request."""
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

    def _run(self, verb: Verb, request: Request, subject: Any, form: BaseForm) -> Any:
        """Run the action and return its result; the form may name a person to act for."""
        actor = request.actor
        for_whom = form.cleaned_data.get("word_of") or self._text(verb.on_word_of, actor, subject)
        given = {**verb.arguments(actor, form), **(verb.sent(request, form) if verb.sent else {})}
        if verb.versioned and isinstance(form, EditForm):
            given["expected_version"] = form.expected_version
        return verb.act(subject, by=actor.on_word_of(for_whom) if for_whom else actor, **given)

    def _next(self, verb: Verb, request: Request, subject: Any, results: list[Any]) -> str:
        """Return the URL to redirect to after the act, also for a second submission of the form.

        `results` holds the result of the action, and is empty for a second submission.
        """
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
            # The form shows the reasons of the refusal; the page does not repeat them.
            "blockers": [] if form.is_bound else self._blockers(verb, actor, subject),
            "notes": [*verb.notes(actor, subject)] if verb.notes else [],
            "columns": ["Qui", "Ce qu’ils lisent"],
            "effects": effects(actor, subject) if callable(effects) else effects,
            "for_whom": self._text(verb.on_word_of, actor, subject),
            **(verb.context(actor, subject) if verb.context else {}),
        }

    # The attributes of a verb, from its declaration and from the workflow.

    def _named(self, name: str) -> Verb:
        return next(verb for verb in self.verbs if verb.name == name)

    def _rows(self, verb: Verb) -> list[Transition]:
        table = self.workflow.transitions if self.workflow else ()
        return [row for row in table if row.verb == verb.name]

    def _row(self, verb: Verb, subject: Any) -> Transition | None:
        """Return the transition of `verb` from the current state, else its first one, else None."""
        rows = self._rows(verb)
        present = [row for row in rows if subject.state in row.sources]
        return next(iter([*present, *rows]), None)

    def _roles(self, verb: Verb, role: str) -> set[str]:
        """Return the roles that have the page of `verb`, or only `role` if none are declared."""
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

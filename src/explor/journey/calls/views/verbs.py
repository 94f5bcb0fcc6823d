"""Confirmation pages of the actions that an officer takes on a call or on one of its envelopes."""

from django.shortcuts import get_object_or_404

from explor.ground.http.request import Request
from explor.ground.workflow.pages import Verb, VerbPages

from .. import actions, pages, rules, selectors
from ..forms import CopyForm, EnvelopeForm, FundForm, ShareForm
from ..models import Call, Envelope
from ..states import CALL


def load(request: Request, pk: int) -> Call:
    """Return the call `pk` of the officer's network, or raise 404."""
    rows = Call.objects.select_related("lead__network", "network")
    return get_object_or_404(rows, pk=pk, network=request.actor.scope)


VERBS = VerbPages(
    "calls",
    "appels/<int:pk>/",
    load=load,
    back=pages.url_of,
    workflow=CALL,
    can=rules.can,
    roles=("reseau",),
    verbs=(
        Verb(
            actions.open_call,
            "etat/ouvrir",
            blockers=pages.blockers_of_open,
            effects=pages.effects_of_open,
            done="L’appel est ouvert.",
        ),
        Verb(
            actions.close_call,
            "etat/clore",
            effects=pages.effects_of_close,
            done="Le dépôt est clos.",
        ),
        Verb(
            actions.end_call,
            "etat/terminer",
            effects=pages.effects_of_end,
            done="L’appel est terminé.",
        ),
        Verb(
            actions.copy_call,
            "copier",
            label="Copier pour l’an prochain",
            title=lambda actor, call: f"Copier {call.title}",
            lead="Règles, documents, questions, grille et calendrier sont repris ; "
            "pas les enveloppes.",
            form=CopyForm,
            options=lambda actor, call: {"initial": {"title": call.title}},
            can=rules.can_set,
            done="L’appel est copié, un an plus tard. Relisez ses dates.",
            leads_to_result=pages.url_of,
        ),
        Verb(
            actions.share,
            "partager",
            label="Partager avec un réseau",
            title="Partager cet appel",
            lead="Il suivra vos dates, vos règles et votre grille ; ses dossiers resteront les "
            "siens.",
            form=ShareForm,
            options=lambda actor, call: {"networks": selectors.may_share_with(call)},
            can=rules.can_share,
            effects=pages.effects_of_share,
            done="L’appel est proposé à ce réseau.",
        ),
        Verb(
            actions.decline_share,
            "decliner",
            label="Décliner",
            title=lambda actor, call: f"Décliner {call.title}",
            can=rules.can_decline,
            effects=pages.effects_of_decline,
            versioned=False,
            done="L’appel est décliné.",
            leads_to=pages.list_url,
        ),
        Verb(
            actions.fund,
            "enveloppe",
            label="Enregistrer",
            title="Une enveloppe de plus",
            form=FundForm,
            can=rules.can_set,
            blockers=lambda actor, call: rules.missing_to_fund(call),
            done="L’enveloppe est enregistrée.",
            button=False,
        ),
    ),
)


def load_envelope(request: Request, pk: int) -> Envelope:
    """Return the envelope `pk` of a call of the officer's network, or raise 404."""
    rows = Envelope.objects.select_related("call", "funder")
    return get_object_or_404(rows, pk=pk, call__network=request.actor.scope)


ENVELOPES = VerbPages(
    "calls",
    "appels/enveloppes/<int:pk>/",
    load=load_envelope,
    back=lambda actor, envelope: pages.url_of(actor, envelope.call),
    crumb=lambda envelope: envelope.call.title,
    roles=("reseau",),
    verbs=(
        Verb(
            actions.change_envelope,
            "",
            label="Changer le montant",
            title=lambda actor, envelope: f"Enveloppe : {envelope.funder}",
            form=EnvelopeForm,
            options=lambda actor, envelope: {"envelope": envelope},
            can=lambda actor, envelope: rules.can_set(actor, envelope.call),
            notes=pages.notes_of_change_envelope,
            effects=pages.effects_of_change_envelope,
            done="Le montant est changé.",
            button=False,
        ),
    ),
)

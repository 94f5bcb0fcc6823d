"""Pages on which a network reads and composes the committee of a call, and sets its bylaws."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.forms import CreateForm
from explor.ground.ui.parts import panels_of
from explor.ground.workflow.pages import Verb, VerbPages, typed_changes
from explor.journey.calls.models import Call

from .. import actions, pages, rules, selectors
from ..forms import BylawsForm, InviteMemberForm
from ..models import Bylaws, CommitteeMember


def load_call(request: Request, pk: int) -> Call:
    """Return the call `pk` of the network of the request, or raise 404."""
    return get_object_or_404(Call, pk=pk, network=request.actor.scope)


def load_bylaws(request: Request, pk: int) -> Bylaws:
    """Return the bylaws of the committee of the call `pk`; default ones if its network set none."""
    return selectors.bylaws_of(load_call(request, pk))


def load_member(request: Request, pk: int) -> CommitteeMember:
    """Return the committee member `pk` of a call of the network of the request, or raise 404."""
    members = CommitteeMember.objects.filter(call__network=request.actor.scope)
    return get_object_or_404(members.select_related("person", "call"), pk=pk)


INVITATIONS = VerbPages(
    "committees",
    "appels/<int:pk>/comite/",
    load=load_call,
    back=pages.url_of_committee,
    can=lambda actor, verb, call: rules.can_manage(actor, call),
    crumb=lambda call: call.title,
    verbs=(
        Verb(
            actions.invite_member,
            "inviter",
            url_name="invite",
            label="Envoyer l’invitation",
            title="Inviter au comité",
            form=InviteMemberForm,
            effects=pages.effects_of_invite_member,
            done="L’invitation est partie.",
        ),
    ),
)

BYLAWS = VerbPages(
    "committees",
    "appels/<int:pk>/comite/",
    load=load_bylaws,
    back=lambda actor, bylaws: pages.url_of_committee(actor, bylaws.call),
    can=lambda actor, verb, bylaws: rules.can_manage(actor, bylaws.call),
    crumb=lambda bylaws: bylaws.call.title,
    args_of=lambda bylaws: [bylaws.call_id],
    verbs=(
        Verb(
            actions.set_bylaws,
            "reglement",
            url_name="bylaws",
            label="Enregistrer le règlement",
            title="Le règlement du comité",
            lead="Tous ces chiffres sont des exemples, à vous de les fixer.",
            form=BylawsForm,
            arguments=typed_changes,
            effects=pages.effects_of_set_bylaws,
            done="Le règlement est enregistré.",
        ),
    ),
)

MEMBERS = VerbPages(
    "committees",
    "sieges/<int:pk>/",
    load=load_member,
    back=lambda actor, member: pages.url_of_committee(actor, member.call),
    can=lambda actor, verb, member: rules.can_manage(actor, member.call),
    crumb=lambda member: member.call.title,
    verbs=(
        Verb(
            actions.appoint_chair,
            "presider",
            label="Confier la présidence",
            lead=lambda actor, member: (
                f"{member.person.name} mènera les séances et signera les procès-verbaux."
            ),
            form=CreateForm,
            effects=pages.effects_of_appoint_chair,
            done=lambda actor, member: f"{member.person.name} préside le comité.",
        ),
        Verb(
            actions.remove_member,
            "retirer",
            label="Retirer du comité",
            lead=lambda actor, member: f"{member.person.name} ne verra plus les dossiers.",
            danger=True,
            form=CreateForm,
            blockers=lambda actor, member: selectors.missing_to_remove(member),
            effects=pages.effects_of_remove_member,
            done=lambda actor, member: f"{member.person.name} ne siège plus.",
        ),
    ),
)


@role_required("reseau")
def committee(request: Request, pk: int) -> HttpResponse:
    """Show the members and bylaws of a committee, and the signs of possible conflicts of interest.

    Later capabilities add links and panels.
    """
    call = load_call(request, pk)
    bylaws = selectors.bylaws_of(call)
    context = {
        "call": call,
        "members": selectors.members_of(call),
        "columns": ["Membre", "Liens", "Avis rendus", "Déports", "Changer"],
        "signs": selectors.signs_of(call),
        "bylaws": bylaws,
        "vote": pages.voting_rules(bylaws),
        "links": pages.links(request, "network", call),
        "panels": panels_of(request, "committee", call),
    }
    return render_page(request, "committees/reseau_committee.html", context)

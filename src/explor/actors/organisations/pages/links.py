"""URLs and breadcrumbs of the pages of organisations."""

from django.urls import reverse

from explor.ground.http.actor import Actor

from ..models import FieldPartner, Member, MembershipPaper, Organisation


def url_of(actor: Actor, organisation: Organisation) -> str:
    """Return the URL of an organisation under the role of `actor`."""
    if actor.role == "reseau":
        return reverse("organisations:reseau_organisation", args=[actor.key, organisation.pk])
    return reverse(f"organisations:{organisation.kind}_profile", args=[organisation.slug])


def url_of_partner(actor: Actor, partner: FieldPartner) -> str:
    """Return the URL that shows a field partner: for a network, the page of its association."""
    if actor.role == "reseau":
        return url_of(actor, partner.association)
    return reverse("organisations:association_partner", args=[actor.key, partner.pk])


def url_of_member(actor: Actor, member: Member) -> str:
    """Return the URL that lists a member, which is the page of the organisation."""
    return url_of(actor, member.organisation)


def url_of_paper(actor: Actor, paper: MembershipPaper) -> str:
    """Return the URL that lists a verification paper, which is the page of the organisation."""
    return url_of(actor, paper.organisation)


def crumb_of_member(member: Member) -> str:
    """Return the text of the breadcrumb of a member: the name of the organisation."""
    return member.organisation.name


def crumb_of_paper(paper: MembershipPaper) -> str:
    """Return the text of the breadcrumb of a paper: the name of the organisation."""
    return paper.organisation.name

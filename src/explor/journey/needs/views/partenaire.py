"""Page on which the field partner confirms a need, from a personal link, without account."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.accounts.selectors import link_of
from explor.ground.http.access import private_link, public, require
from explor.ground.http.actor import Actor
from explor.ground.http.languages import supported, written_in
from explor.ground.http.views import render_page
from explor.ground.ui.submit import submit

from .. import actions, pages, rules, selectors
from ..forms import PartnerForm
from ..models import Need


@public
@private_link
def need(request: HttpRequest, link: str) -> HttpResponse:
    """Show the need in the partner's language, and save the partner's confirmation or remark."""
    link_used = link_of(link, Need)
    if link_used is None:
        raise Http404
    subject = get_object_or_404(
        selectors.with_related(Need.objects.all()), pk=link_used.subject.partition(":")[2]
    )
    by = Actor(name=link_used.name, email=link_used.email, role="partenaire")
    require(rules.can_confirm(by, subject))
    form = PartnerForm(request.POST or None, subject=subject)
    confirm = partial(
        actions.partner_confirm, subject, by=by, language=supported(link_used.language)
    )
    done = submit(
        request,
        form,
        lambda: confirm(remark=form.cleaned_data["remark"], expected_version=form.expected_version),
    )
    context = {"form": form, "need": subject, "done": done, "facts": pages.facts_of(subject)}
    with written_in(link_used.language) as language:
        context["language"] = language
        return render_page(request, "needs/partenaire_need.html", context)

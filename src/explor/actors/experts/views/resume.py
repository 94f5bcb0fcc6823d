"""Pages on which a professional imports a resume into their profile, or exports the profile."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from explor.ground.http.access import require
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.limits import COSTLY, limited
from explor.ground.http.replay import done_redirect, repeatable
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import submit

from .. import actions, engine, rules
from ..forms import ResumeFileForm, ResumeForm
from .verbs import load_own

REVIEW = "experts/expert_resume_review.html"


@repeatable("it reads a file, and saves nothing")
@limited(COSTLY)
@role_required("expert")
def upload(request: Request) -> HttpResponse:
    """Read an uploaded resume and show its suggestions next to the profile, without saving."""
    own = load_own(request)
    require(rules.can_describe(request.actor, own))
    form = ResumeFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form.status = 422
        if form.is_valid():
            try:
                offered = engine.suggestions_from(form.cleaned_data["file"].read())
            except engine.UnreadableResume as fault:
                form.add_error("file", str(fault))
            except ActionNotAllowed as refusal:
                form.refuse(refusal)
            else:
                review_form = ResumeForm(subject=own, suggestions=offered)
                return render_page(request, REVIEW, {"form": review_form})
    return render_page(request, "experts/expert_resume.html", {"form": form})


@role_required("expert")
def review(request: Request) -> HttpResponse:
    """Save in the profile the suggestions of a resume that the person ticked or edited."""
    own = load_own(request)
    require(rules.can_describe(request.actor, own))
    if request.method != "POST":
        return redirect("experts:expert_resume")
    form = ResumeForm(request.POST, subject=own)

    def describe() -> None:
        actions.describe(
            own,
            by=request.actor,
            changes=form.changes,
            languages=form.languages,
            expected_version=form.expected_version,
        )

    if submit(request, form, describe):
        done = "Votre profil est à jour. Votre CV n’a pas été gardé."
        return done_redirect(request, reverse("experts:expert_profile"), done)
    return render_page(request, REVIEW, {"form": form})


@role_required("expert")
def download(request: Request) -> HttpResponse:
    """Download one's own profile as a JSON Resume."""
    content = engine.resume_of(load_own(request))
    name = 'attachment; filename="mon-profil.json"'
    headers = {"Content-Disposition": name}
    return HttpResponse(content, content_type="application/json", headers=headers)

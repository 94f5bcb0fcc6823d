"""The partner in the field gives its voice, from a personal link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation

from explor.ground.accounts.queries import link_of
from explor.ground.http.access import public
from explor.ground.http.actor import Actor
from explor.ground.http.views import render_page
from explor.ground.ui.submit import submit
from explor.journey.missions.models import Mission

from .. import actions
from ..forms import EvaluationForm
from ..models import JointEvaluation

# Title, the four questions, the button, the thanks.
WORDS = {
    "fr": ("Qu’a apporté cette mission ?", EvaluationForm.LABELS, "Envoyer",
           "Merci. Votre évaluation est transmise."),
    "en": ("What did this mission bring?",
           ("Objectives met, 1 to 5", "Usefulness for the project, 1 to 5",
            "Quality of the joint work, 1 to 5", "What you remember of it"),
           "Send", "Thank you. Your evaluation has been passed on."),
    "es": ("¿Qué aportó esta misión?",
           ("Objetivos alcanzados, de 1 a 5", "Utilidad para el proyecto, de 1 a 5",
            "Calidad del trabajo conjunto, de 1 a 5", "Lo que usted recuerda"),
           "Enviar", "Gracias. Su evaluación ha sido transmitida."),
    "pt": ("O que trouxe esta missão?",
           ("Objetivos alcançados, de 1 a 5", "Utilidade para o projeto, de 1 a 5",
            "Qualidade do trabalho comum, de 1 a 5", "O que guarda desta missão"),
           "Enviar", "Obrigado. A sua avaliação foi transmitida."),
}  # fmt: skip


@public
def evaluation(request: HttpRequest, link: str) -> HttpResponse:
    """Three marks and a word; once given, the page says thank you."""
    found = link_of(link, Mission)
    if found is None:
        raise Http404
    mission = get_object_or_404(
        Mission.objects.select_related("need", "association"), pk=found.subject.partition(":")[2]
    )
    language = found.language if found.language in WORDS else "fr"
    title, labels, button, thanks = WORDS[language]
    by = Actor(name=found.name, email=found.email, role="partenaire")
    voice = JointEvaluation.Voice.PARTNER
    form = EvaluationForm(request.POST or None, labels=labels)
    done = mission.evaluations.filter(voice=voice).exists() or submit(
        request, form, lambda: actions.evaluate(mission, by=by, voice=voice, **form.marks)
    )
    context = {"form": form, "mission": mission, "title": title, "button": button, "done": done}
    with translation.override(language):
        context |= {"language": language, "thanks": thanks}
        return render_page(request, "reports/partenaire_evaluation.html", context)

from django.urls import path

from explor.ground.roles.registry import role_required

from .views import appeals, decisions, letters, ranking, templates, votes


def _shared(role: str) -> list[object]:
    """Return the URL patterns common to the network and the chair, named after `role`."""
    patterns = (
        ("appels/<int:pk>/classement/", ranking.ranking, "ranking"),
        ("seances/<int:pk>/dossiers/<int:need>/", votes.vote, "vote"),
    )
    return [
        path(route, role_required(role)(view), name=f"{role}_{name}")
        for route, view, name in patterns
    ]


association = [*appeals.REQUESTS.urls("association")]
comite = _shared("comite")
reseau = [
    *_shared("reseau"),
    path("appels/<int:pk>/annonces/", letters.letters, name="reseau_letters"),
    path("decisions/<int:pk>/", decisions.decision, name="reseau_decision"),
    path("reexamens/<int:pk>/", appeals.appeal, name="reseau_appeal"),
    path("le-reseau/lettres/", templates.letter_templates, name="reseau_letter_templates"),
    *letters.LETTERS.urls("reseau"),
    *templates.TEMPLATES.urls("reseau"),
    *decisions.VERBS.urls("reseau"),
    *appeals.ANSWERS.urls("reseau"),
]

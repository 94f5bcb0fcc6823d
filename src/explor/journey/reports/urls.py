from django.urls import path

from explor.ground.common.hats import wear

from .views import expert as own
from .views import partenaire as partner
from .views import reseau as network
from .views import shared


def _evaluate(hat: str) -> object:
    view = wear(hat)(shared.evaluate)
    return path("missions/<int:pk>/evaluer/", view, name=f"{hat}_evaluate")


def _follow(hat: str) -> object:
    view = wear(hat)(shared.follow)
    return path("recommandations/<int:pk>/", view, name=f"{hat}_follow")


expert = [
    path("missions/<int:pk>/compte-rendu/", own.report, name="expert_report"),
    path("missions/<int:pk>/recommander/", own.recommend, name="expert_recommend"),
    path("missions/<int:pk>/remettre/", own.hand_over, name="expert_submit"),
    path("missions/<int:pk>/attestation/", own.certificate, name="expert_certificate"),
    _evaluate("expert"),
]
association = [_evaluate("association"), _follow("association")]
reseau = [
    path("comptes-rendus/<int:pk>/attestation/", network.certificate, name="reseau_certificate"),
    path("comptes-rendus/<int:pk>/<slug:verb>/", network.act, name="reseau_act"),
    _follow("reseau"),
]
partenaire = [path("evaluation/", partner.evaluation, name="partenaire_evaluation")]

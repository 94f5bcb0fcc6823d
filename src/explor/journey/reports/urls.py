from django.urls import path

from explor.ground.roles.registry import role_required

from .views import partenaire as partner
from .views import shared


def _certificate(role: str, route: str) -> object:
    return path(route, role_required(role)(shared.certificate), name=f"{role}_certificate")


expert = [
    _certificate("expert", "missions/<int:pk>/attestation/"),
    *shared.OWN.urls("expert"),
    *shared.MISSIONS.urls("expert"),
]
association = [
    *shared.MISSIONS.urls("association"),
    *shared.RECOMMENDATIONS.urls("association"),
]
reseau = [
    _certificate("reseau", "comptes-rendus/<int:pk>/attestation/"),
    *shared.NETWORK.urls("reseau"),
    *shared.RECOMMENDATIONS.urls("reseau"),
]
partenaire = [path("evaluation/", partner.evaluation, name="partenaire_evaluation")]

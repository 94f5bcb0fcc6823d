from django.urls import path

from explor.ground.roles.registry import role_required

from .views import partenaire as partner
from .views import reseau as network
from .views import shared


def _incident(role: str) -> object:
    view = role_required(role)(shared.incident)
    return path("incidents/<int:pk>/", view, name=f"{role}_incident")


expert = [_incident("expert"), *shared.REPORTING.urls("expert")]
association = [_incident("association"), *shared.REPORTING.urls("association")]
reseau = [
    path("a-l-etranger/", network.abroad, name="reseau_abroad"),
    path("incidents/", network.incidents, name="reseau_incidents"),
    path("incidents/<int:pk>/", network.incident, name="reseau_incident"),
    *network.READERS.urls("reseau"),
    *network.FOLLOWING.urls("reseau"),
    *shared.REPORTING.urls("reseau"),
]
partenaire = [path("signalement/", partner.confide, name="partenaire_confide")]

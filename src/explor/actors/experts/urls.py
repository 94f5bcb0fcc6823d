from django.urls import path

from .views import employeur as employer
from .views import expert as own
from .views import reseau as network

expert = [
    path("profil/creer/", own.open_profile, name="open_profile"),
    path("profil/", own.profile, name="expert_profile"),
    path("profil/modifier/", own.edit, name="expert_edit"),
    path("profil/disponibilite/", own.availability, name="expert_availability"),
    path(
        "profil/disponibilite/<int:pk>/retirer/",
        own.availability_remove,
        name="expert_availability_remove",
    ),
    path("profil/reseaux/<slug:network>/<str:verb>/", own.consent, name="expert_consent"),
    path("profil/<str:verb>/", own.act, name="expert_act"),
]
reseau = [
    path("expertises/", network.experts, name="reseau_experts"),
    path("expertises/<int:pk>/", network.expert, name="reseau_expert"),
]
employeur = [path("collegues/", employer.experts, name="employeur_experts")]

from django.urls import path

from .views import employeur as employer
from .views import expert as own
from .views import reseau as network
from .views.verbs import AVAILABILITY_VERBS, VERBS

expert = [
    path("profil/creer/", own.open_profile, name="open_profile"),
    path("profil/", own.profile, name="expert_profile"),
    path("profil/modifier/", own.edit, name="expert_edit"),
    path("profil/disponibilite/", own.availability, name="expert_availability"),
    *AVAILABILITY_VERBS.urls("expert"),
    path("profil/reseaux/<slug:network>/<str:verb>/", own.consent, name="expert_consent"),
    *VERBS.urls("expert"),
]
reseau = [
    path("expertises/", network.experts, name="reseau_experts"),
    path("expertises/<int:pk>/", network.expert, name="reseau_expert"),
]
employeur = [path("collegues/", employer.experts, name="employeur_experts")]

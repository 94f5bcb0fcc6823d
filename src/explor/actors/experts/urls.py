from django.urls import path

from .views import employeur as employer
from .views import expert as own
from .views import reseau as network
from .views import resume
from .views.verbs import AVAILABILITY_VERBS, CONSENT_VERBS, VERBS

expert = [
    path("profil/creer/", own.open_profile, name="open_profile"),
    path("profil/", own.profile, name="expert_profile"),
    path("profil/modifier/", own.edit, name="expert_edit"),
    path("profil/disponibilite/", own.availability, name="expert_availability"),
    path("profil/cv/", resume.upload, name="expert_resume"),
    path("profil/cv/reprendre/", resume.review, name="expert_resume_review"),
    path("profil/cv.json", resume.download, name="expert_resume_json"),
    *AVAILABILITY_VERBS.urls("expert"),
    *CONSENT_VERBS.urls("expert"),
    *VERBS.urls("expert"),
]
reseau = [
    path("expertises/", network.experts, name="reseau_experts"),
    path("expertises/<int:pk>/", network.expert, name="reseau_expert"),
]
employeur = [path("collegues/", employer.experts, name="employeur_experts")]

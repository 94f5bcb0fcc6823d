from django.urls import path

from .views import expert as own
from .views import reseau as network

expert = [
    path("ouvertures/<int:pk>/", own.referral, name="expert_referral"),
    *own.VERBS.urls("expert"),
]
reseau = [path("reserve/", network.warm, name="reseau_warm"), *network.VERBS.urls("reseau")]

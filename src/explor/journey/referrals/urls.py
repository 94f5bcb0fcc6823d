from django.urls import path

from .views import expert as own
from .views import reseau as network

expert = [
    path("ouvertures/<int:pk>/", own.referral, name="expert_referral"),
    path("ouvertures/<int:pk>/<str:verb>/", own.act, name="expert_act"),
]
reseau = [
    path("reserve/", network.warm, name="reseau_warm"),
    path("reserve/<int:expert>/ailleurs/<int:elsewhere>/", network.refer, name="reseau_refer"),
]

from django.urls import path

from .views import readings
from .views import reseau as views

reseau = [
    path("le-reseau/", views.network, name="reseau_network"),
    path("le-reseau/reglages/", views.settings, name="reseau_settings"),
    path("le-reseau/lectures/", readings.readings, name="reseau_readings"),
    path("le-reseau/inviter/", views.invite, name="reseau_invite"),
    path("le-reseau/absence/<int:pk>/", views.absence, name="reseau_absence"),
]

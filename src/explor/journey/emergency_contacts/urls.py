from django.urls import path

from .views import expert as expert_views
from .views import reseau as network

expert = expert_views.CONTACT.urls("expert")
reseau = [
    path("missions/<int:pk>/personne-a-prevenir/", network.contact, name="reseau_contact"),
]

from django.urls import path

from .views import reseau as network

reseau = [
    path("budget/missions/<int:pk>/", network.plan, name="reseau_plan"),
    path("budget/<int:pk>/", network.book, name="reseau_book"),
    path("budget/<int:pk>/retirer/", network.drop, name="reseau_drop"),
]

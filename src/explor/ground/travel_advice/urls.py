from django.urls import path

from .views import reseau as officer

reseau = [
    path("conseils-aux-voyageurs/", officer.board, name="reseau_board"),
    path("conseils-aux-voyageurs/relever/", officer.read, name="reseau_read"),
    path("conseils-aux-voyageurs/<str:country>/", officer.history, name="reseau_history"),
]

from django.urls import path

from .views import account as views

account = [
    path("mes-donnees/", views.my_data, name="my_data"),
    path("mes-donnees/copie/", views.download, name="download"),
    path("effacer/", views.erase, name="erase"),
]

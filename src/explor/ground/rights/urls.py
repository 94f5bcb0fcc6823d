from django.urls import path

from .views import account as views
from .views import public as open_views

account = [
    path("mes-donnees/", views.my_data, name="my_data"),
    path("mes-donnees/copie/", views.download, name="download"),
    path("effacer/", views.erase, name="erase"),
]
public = [path("effacement/<str:code>/", open_views.erasure, name="erasure")]

from django.urls import path

from .views import public as views

public = [path("chiffres/", views.figures, name="figures")]

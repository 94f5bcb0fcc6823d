from django.urls import path

from . import views

coordination = [path("cadres/", views.schemes, name="coordination_schemes")]

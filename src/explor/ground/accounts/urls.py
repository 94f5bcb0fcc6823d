from django.urls import path

from .views import public as views

account = [path("invitation/<str:secret>/", views.invitation, name="invitation")]

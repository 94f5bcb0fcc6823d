from django.urls import path

from .views import public as views

public = [
    path("verifier/", views.verify, name="verify"),
    path("verifier/<str:code>/", views.verdict, name="verify"),
]

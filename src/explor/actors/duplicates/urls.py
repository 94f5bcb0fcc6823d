from django.urls import path

from . import views

reseau = [
    path("organisations/doubles/", views.duplicates, name="reseau_duplicates"),
    path("organisations/doubles/reunir/", views.merge, name="reseau_merge"),
]

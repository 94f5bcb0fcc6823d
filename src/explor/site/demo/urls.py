from django.urls import path

from .views import public as views

public = [
    path("demo/", views.demo, name="demo"),
    path("demo/courrier/", views.mail, name="mail"),
]

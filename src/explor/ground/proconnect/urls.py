from django.urls import path

from . import views

urlpatterns: list[object] = []  # allauth would include these URLs a second time
account = [
    path("proconnect/", views.login, name="login"),
    path("proconnect/retour/", views.callback, name="callback"),
]

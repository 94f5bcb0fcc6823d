from django.urls import path

from . import views

urlpatterns: list[object] = []  # the sign-in library would include them a second time
account = [
    path("proconnect/", views.login, name="login"),
    path("proconnect/retour/", views.callback, name="callback"),
]

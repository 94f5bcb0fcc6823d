from django.urls import path

from .views import public as views

public = [
    path("demo/", views.demo, name="demo"),
    path("demo/courrier/", views.mail, name="mail"),
    path("demo/reprise.xlsx", views.example, name="example"),
    path("demo/reprise-avec-fautes.xlsx", views.example, {"faults": True}, name="faulty_example"),
]

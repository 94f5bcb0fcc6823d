from django.urls import path

from .views import account as own
from .views import public as views

account = [
    path("invitation/<str:secret>/", views.invitation, name="invitation"),
    path("sessions/", own.sessions, name="sessions"),
    path("sessions/terminer/", own.end_other_sessions, name="end_other_sessions"),
    path("sessions/prolonger/", own.extend_session, name="extend_session"),
    path("sessions/<slug:digest>/terminer/", own.end_session, name="end_session"),
    path("reconnexion/", own.sign_in_again, name="sign_in_again"),
    path("reprise/", own.unsent, name="unsent"),
]

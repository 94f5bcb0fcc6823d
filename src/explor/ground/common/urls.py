from django.urls import path

from . import showcase

public = [path("ui/", showcase.show, name="ui")]

from django.urls import path

from explor.ground.ui import showcase

public = [path("ui/", showcase.show, name="ui")]

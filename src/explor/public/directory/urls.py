from django.urls import path

from .views import follow, machines
from .views import public as views

public = [
    path("projets/", views.sheets, name="sheets"),
    path("projets/suivre/", follow.follow, name="follow"),
    path("projets/suivre/<str:token>/", follow.followed, name="followed"),
    path("projets/suivre/<str:token>/arreter/", follow.stop, name="stop_following"),
    path("projets/photos/<int:pk>/", views.photo, name="photo"),
    path("projets/<slug:slug>/", views.sheet, name="sheet"),
    path("projets/<slug:slug>.<slug:form>", views.download, name="download"),
    path("carte/", views.world, name="map"),
    path("flux/projets.atom", machines.feed, name="feed"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", machines.sitemap_part, name="sitemap_part"),
    path("robots.txt", machines.robots, name="robots"),
]

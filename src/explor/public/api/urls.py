from typing import Any

from django.urls import path

from .views import v1

calls: list[Any] = v1.api.urls[0]
public = [
    path("donnees/api/", v1.human, name="reference"),
    path("api/v1/openapi.json", v1.described, name="openapi"),
    *(
        path(
            f"api/v1/{call.pattern}".replace("<", "<str:"),
            v1.opened(call),
            name=call.name,
        )
        for call in calls
        if str(call.pattern)
    ),
]

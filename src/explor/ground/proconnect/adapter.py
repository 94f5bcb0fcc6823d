"""The adapter through which the sign-in library creates an account opened by ProConnect."""

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Name the new person as ProConnect names them."""
        person = super().populate_user(request, sociallogin, data)
        person.name = data["name"] or data["email"]
        return person

"""Adapter of allauth that creates an account for a person who signs in by ProConnect."""

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Fill the new person with the name given by ProConnect, else with the address."""
        person = super().populate_user(request, sociallogin, data)
        person.name = data["name"] or data["email"]
        return person

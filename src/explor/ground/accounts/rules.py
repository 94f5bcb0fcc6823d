"""What allauth is told of our accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """Sign-up is open to all: an account without a hat opens nothing but registration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True

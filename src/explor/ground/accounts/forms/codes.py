"""The form that asks for a code, apart: the library imports the other forms before its own."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import RequestLoginCodeForm
from allauth.core import context, ratelimit

from explor.ground.http.limits import network_of


class CodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Form that asks for a code, at most three times a minute from one IP address or network.

    The library counts by account alone, which would let a stranger lock somebody out.
    """

    def clean_email(self) -> str:
        email: str = super().clean_email()
        request, adapter = context.request, get_adapter()
        key = f"{email.lower()} {network_of(adapter.get_client_ip(request))}"
        if not ratelimit.consume(request, action="send_code", key=key):
            raise adapter.validation_error("too_many_login_attempts")
        return email

"""The form that requests a sign-in code.

It has its own module to avoid an import cycle: allauth imports `forms`, and this form allauth.
"""

from allauth.account.adapter import get_adapter
from allauth.account.forms import RequestLoginCodeForm
from allauth.core import context, ratelimit

from explor.ground.http.limits import network_of


class CodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Form that requests a sign-in code, at most three times a minute from one IP address.

    An IPv6 network counts as one address. allauth counts by account alone, which would let a
    stranger lock somebody out.
    """

    def clean_email(self) -> str:
        email: str = super().clean_email()
        request, adapter = context.request, get_adapter()
        key = f"{email.lower()} {network_of(adapter.get_client_ip(request))}"
        if not ratelimit.consume(request, action="send_code", key=key):
            raise adapter.validation_error("too_many_login_attempts")
        return email

"""A person in a browser without JavaScript, who reads pages, fills forms and sends them."""

from typing import Any
from urllib.parse import urljoin

from django.test import Client
from lxml import html

from explor.ground.accounts.models import Person


class Visitor:
    """The browser session of one person; `read` opens a page, `send` fills and sends its form."""

    def __init__(self, email: str = "") -> None:
        self.client = Client()
        if email:
            self.client.force_login(Person.objects.get(email=email))
        self.url = "/"
        self.page: Any = None
        self.text = ""

    def read(self, url: str, status: int = 200) -> "Visitor":
        """Open `url`, following redirections; the final status must be `status`."""
        response = self.client.get(url, follow=True)
        return self._show(response, url, status)

    def send(self, status: int = 200, **typed: Any) -> "Visitor":
        """Fill the main form of the page with `typed` and send it."""
        form = self._form()
        data = {**_drawn(form), **typed}
        target = urljoin(self.url, form.get("action") or self.url)
        response = self.client.post(target, data, follow=True)
        return self._show(response, target, status)

    def sees(self, *words: str) -> bool:
        """Return whether all the words are on the page."""
        return all(word in self.text for word in words)

    def link(self, label: str) -> str:
        """Return the URL of the link whose text begins with `label`."""
        for anchor in self.page.iter("a"):
            if " ".join(anchor.text_content().split()).startswith(label):
                return urljoin(self.url, anchor.get("href"))
        raise AssertionError(f"no link « {label} » on {self.url}")

    def follow(self, label: str, status: int = 200) -> "Visitor":
        """Open the link whose text begins with `label`."""
        return self.read(self.link(label), status)

    def _form(self) -> Any:
        forms = [f for f in self.page.iter("form") if f.get("method") == "post"]
        main = [f for f in forms if "/logout/" not in (f.get("action") or "")]
        assert main, f"no form to send on {self.url}"
        return main[-1]

    def _show(self, response: Any, url: str, status: int) -> "Visitor":
        chain = getattr(response, "redirect_chain", [])
        self.url = chain[-1][0] if chain else url
        self.text = response.content.decode() if not response.streaming else ""
        assert response.status_code == status, f"{url}: {response.status_code}\n{self.text[-3000:]}"
        self.page = html.fromstring(self.text) if self.text.lstrip().startswith("<") else None
        return self


def _drawn(form: Any) -> dict[str, Any]:
    """Return the values that a browser would send of the form as rendered."""
    return {
        name: form.fields[name] for name in form.fields if name and form.fields[name] is not None
    }

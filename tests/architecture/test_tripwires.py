"""Each tripwire of the test suite fails on its fault, and allows what is correct."""

import datetime as dt
import socket

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator, UnorderedObjectListWarning
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine, Origin, Template
from django.test import Client
from django.urls import path

from support.tripwires import SOURCES, Tripped

Person = get_user_model()
OURS = f"{SOURCES}/explor/ground/ui/templates/common/example.html"
DEFER = "SELECT procrastinate_defer_jobs_v1(ARRAY[]::procrastinate_job_to_defer_v1[])"
THEIRS = "/somewhere/site-packages/django/contrib/admin/templates/admin/base.html"


def write(request: HttpRequest) -> HttpResponse:
    Person.objects.create_user("ecrit@exemple.example", name="Écrit")
    return HttpResponse("écrit")


def change(request: HttpRequest) -> HttpResponse:
    Person.objects.update(name="Autre")
    return HttpResponse("changé")


def defer(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT procrastinate_defer_jobs_v1(ARRAY[]::procrastinate_job_to_defer_v1[])"
        )
    return HttpResponse("différé")


def lock(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(Person.objects.select_for_update())))


def keep(request: HttpRequest) -> HttpResponse:
    request.session["vue"] = "liste"
    return HttpResponse("gardé")


for view in (write, change, defer, lock, keep):
    view.login_required = False  # type: ignore[attr-defined]

urlpatterns = [path(f"{view.__name__}/", view) for view in (write, change, defer, lock, keep)]


def drawn(source: str, origin: str, **values: object) -> str:
    template = Template(source, origin=Origin(origin), engine=Engine.get_default())
    return template.render(Context(values))


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("view", ["write", "change", "defer"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_write_to_the_database_during_a_get_or_head_request_fails(
    db: None, method: str, view: str
) -> None:
    with pytest.raises(Tripped, match="A GET request writes"):
        getattr(Client(), method)(f"/{view}/")


@pytest.mark.urls(__name__)
def test_a_post_request_may_write_to_the_database(db: None) -> None:
    assert Client().post("/write/").content.decode() == "écrit"
    assert Person.objects.count() == 1


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("view", "said"), [("lock", "0"), ("keep", "gardé")])
def test_a_get_request_may_lock_rows_and_save_the_visitor_session(
    db: None, view: str, said: str
) -> None:
    assert Client().get(f"/{view}/").content.decode() == said


def test_a_connection_to_another_machine_fails() -> None:
    with pytest.raises(Tripped, match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(Tripped, match=r"explor\.example"):
        socket.getaddrinfo("explor.example", 443)
    with (
        socket.socket(socket.AF_INET6) as six,
        pytest.raises(Tripped, match="2001:db8::1"),
    ):
        six.connect(("2001:db8::1", 80))


def test_a_connection_to_this_machine_is_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1])).close()


def test_saving_a_datetime_without_time_zone_fails(db: None) -> None:
    with pytest.raises(RuntimeWarning, match="naive datetime"):
        Person.objects.create(email="a@exemple.example", joined_at=dt.datetime(2027, 3, 1))  # noqa: DTZ001


def test_the_pagination_of_an_unordered_query_fails(db: None) -> None:
    with pytest.raises(UnorderedObjectListWarning):
        Paginator(Person.objects.all().order_by(), 10).page(1)


@pytest.mark.parametrize(
    "source",
    [
        "{{ absent }}",
        "{{ person.surname }}",
        "{{ absent|upper }}",
        "{% for one in absent %}{{ one }}{% endfor %}",
        "{% with name=absent %}{% endwith %}",
        "{% if person %}{{ person.surname }}{% endif %}",
    ],
)
def test_an_undefined_variable_is_refused_in_our_templates(source: str) -> None:
    with pytest.raises(Tripped, match="is undefined in /explor/ground/ui"):
        drawn(source, OURS, person={"name": "Awa"})


@pytest.mark.parametrize(
    "source",
    [
        "{{ person.name }}",
        "{{ absent|default:'Awa' }}",
        "{% if not absent %}Awa{% endif %}",
        "{% for one in person.values %}{{ one }}{% endfor %}",
    ],
)
def test_a_template_may_use_known_variables_and_test_unknown_ones(source: str) -> None:
    assert drawn(source, OURS, person={"name": "Awa"}) == "Awa"


def test_an_undefined_variable_is_allowed_in_templates_of_third_party_packages() -> None:
    assert drawn("[{{ absent }}]", THEIRS) == "[]"


def test_the_test_suite_uses_a_fast_password_hasher() -> None:
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.MD5PasswordHasher"]

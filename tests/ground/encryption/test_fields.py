"""Encrypted columns: read and written as any other, opaque in the database, bound to their row."""

import random
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import connection

from explor.actors.organisations.forms import PartnerFields
from explor.actors.organisations.models import FieldPartner
from explor.ground.accounts.models import Person
from explor.ground.encryption import ring
from explor.ground.encryption.fields import UNREADABLE
from explor.journey.missions.models import ChecklistItem
from factories import AssociationFactory, FieldPartnerFactory, MissionFactory, PersonFactory

pytestmark = pytest.mark.django_db
NUMBER = "06 00 00 00 01"
WRITINGS = ("06 00 00 00 01", "+33 6 00 00 00 01", "0033600000001", "+33 (0)6.00.00.00.01")


def stored(row: Any, column: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {row._meta.db_table} WHERE id = %s", [row.pk])
        return cursor.fetchone()[0]


def store(row: Any, column: str, value: Any) -> None:
    """Write a value as whoever holds the database can."""
    with connection.cursor() as cursor:
        sql = f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s"
        cursor.execute(sql, [value, row.pk])


def test_a_telephone_number_is_stored_encrypted_and_read_back_unchanged() -> None:
    person = PersonFactory(phone=NUMBER)
    assert person.phone == Person.objects.get(pk=person.pk).phone == NUMBER
    assert stored(person, "phone").startswith(f"e1.{ring.ring()[0].id}.")
    assert "0001" not in stored(person, "phone").replace("-", "")
    person.phone = ""
    person.save(update_fields=["phone"])
    assert (stored(person, "phone"), Person.objects.get(pk=person.pk).phone) == ("", "")


def test_encrypted_values_created_in_bulk_are_bound_each_to_its_own_row() -> None:
    association = AssociationFactory()
    FieldPartner.objects.bulk_create(
        FieldPartner(association=association, name=f"Union {n}", country="MG", phone=f"0{n}")
        for n in range(3)
    )
    kept = FieldPartner.objects.order_by("name")
    assert [each.phone for each in kept] == ["00", "01", "02"]
    blank = FieldPartner(association=association, name="Sans", country="MG")
    blank.save()
    assert FieldPartner.objects.get(name="Sans").phone == ""


def test_a_row_without_encrypted_value_is_saved_without_additional_query(
    django_assert_num_queries: Any,
) -> None:
    with django_assert_num_queries(1):
        Person.objects.create(email="a@e.test", name="A")
    with django_assert_num_queries(2):
        Person.objects.create(email="b@e.test", name="B", phone=NUMBER)


@pytest.mark.parametrize("typed", WRITINGS)
def test_an_encrypted_phone_number_is_found_in_any_format_even_under_a_former_key(
    settings: Any, typed: str
) -> None:
    former, newest = ring.new_key(), ring.new_key()
    settings.ENCRYPTION_KEYS = former
    person = PersonFactory(phone=NUMBER)
    PersonFactory(phone="06 00 00 00 02")
    settings.ENCRYPTION_KEYS = f"{newest},{former}"
    other = PersonFactory(phone="+33600000001")
    assert list(Person.objects.filter(phone=typed).order_by("pk")) == [person, other]
    assert Person.objects.exclude(phone="").filter(phone="07").first() is None


def test_an_encrypted_telephone_number_can_only_be_searched_exactly() -> None:
    with pytest.raises(FieldError):
        Person.objects.filter(phone__contains="06")
    with pytest.raises(TypeError, match="only numbers"):
        ChecklistItem.objects.filter(note="x").first()
    with pytest.raises(FieldError):
        ChecklistItem.objects.filter(valid_until__lt=date(2027, 1, 1))


def test_an_update_query_cannot_write_an_encrypted_value() -> None:
    person = PersonFactory()
    with pytest.raises(TypeError, match="save the row"):
        Person.objects.filter(pk=person.pk).update(phone=NUMBER)
    with pytest.raises(TypeError, match="save the row"):
        Person.objects.bulk_update([Person(pk=person.pk, phone=NUMBER)], ["phone"])


def test_a_values_query_never_returns_the_stored_encrypted_text() -> None:
    PersonFactory(phone=NUMBER)
    (value,) = Person.objects.values_list("phone", flat=True)
    assert (str(value), repr(value)) == ("valeur chiffrée", "valeur chiffrée")


def test_an_encrypted_value_moved_changed_or_in_clear_reads_as_unreadable_and_is_kept() -> None:
    one, other = PersonFactory(phone=NUMBER), PersonFactory(phone="06 00 00 00 02")
    for forged in (stored(one, "phone"), NUMBER, stored(other, "phone")[:-1], "e1.0.0.0"):
        store(other, "phone", forged)
        read = Person.objects.get(pk=other.pk)
        assert (read.phone, stored(other, "phone")) == (UNREADABLE, forged)
        read.name = "Autre nom"
        read.save()
        assert (read.name, stored(other, "phone")) == ("Autre nom", forged), "kept as a proof"
    read.phone = "06 00 00 00 03"
    read.save()
    assert Person.objects.get(pk=other.pk).phone == "06 00 00 00 03"


def test_saving_a_row_whose_encrypted_value_was_not_read_keeps_the_stored_value() -> None:
    person = PersonFactory(phone=NUMBER)
    before = stored(person, "phone")
    Person.objects.get(pk=person.pk).save()
    assert stored(person, "phone") == before
    copy = Person.objects.get(pk=person.pk)
    copy.pk = None
    with pytest.raises(TypeError, match="cannot be copied"):
        copy.save(force_insert=True)


def test_a_form_refuses_the_words_that_are_shown_for_an_unreadable_value() -> None:
    field = PartnerFields.base_fields["phone"]
    assert field.clean("06") == "06"
    with pytest.raises(ValidationError, match="écrivez-la de nouveau"):
        field.clean(UNREADABLE)


def test_the_expiry_date_of_a_paper_is_encrypted_and_an_unreadable_date_is_never_valid() -> None:
    item = ChecklistItem.objects.create(
        mission=MissionFactory(), code="visa", label="Visa", valid_until=date(2027, 3, 1), note="N"
    )
    read = ChecklistItem.objects.get(pk=item.pk)
    assert (read.valid_until, read.note) == (date(2027, 3, 1), "N")
    assert read.validity == "valable jusqu’au 1er mars 2027"
    assert "2027" not in stored(item, "valid_until").rpartition(".")[2][:4]
    store(item, "valid_until", "2099-01-01")
    read = ChecklistItem.objects.get(pk=item.pk)
    assert read.valid_until == date.min
    assert (str(read.valid_until), f"{read.valid_until:%d/%m/%Y}") == (UNREADABLE, UNREADABLE)
    assert read.validity == f"valable jusqu’au : {UNREADABLE}"
    read.save()
    assert stored(item, "valid_until") == "2099-01-01"


@pytest.mark.soak
def test_a_thousand_swaps_and_changes_of_encrypted_values_are_all_refused() -> None:
    dice = random.Random(20261130)
    people = [PersonFactory(phone=f"06 00 00 00 {n:02}") for n in range(40)]
    values = {person.pk: stored(person, "phone") for person in people}
    accepted = []
    for _ in range(1000):
        one, other = dice.sample(people, 2)
        value = values[one.pk]
        at = dice.randrange(len(value))
        letter = dice.choice("abcdefXYZ019.-_".replace(value[at], ""))
        forged = dice.choice((values[other.pk], value[:at] + letter + value[at + 1 :], one.phone))
        store(one, "phone", forged)
        if (read := Person.objects.get(pk=one.pk).phone) != UNREADABLE:
            accepted.append((forged, read))
        store(one, "phone", value)
    assert accepted == []


def test_a_database_dump_contains_no_telephone_number_in_clear() -> None:
    PersonFactory(phone=NUMBER)
    FieldPartnerFactory(phone="+261 34 00 000 01")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        dump = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT line::text FROM "{table}" AS line')
            dump += [text for (text,) in cursor.fetchall()]
    text = "".join("\n".join(dump).split())
    assert "e1." in text
    assert not any(part in text for part in ("0600000001", "33600000001", "3400000001"))

"""Form fields shared by several packages."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from explor.ground.ui.fields import AmountField


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1200", Decimal(1200)),
        ("1 200,5", Decimal("1200.5")),
        ("1\u202f200,50 €", Decimal("1200.50")),
        ("1\xa0200.50€", Decimal("1200.50")),
        ("0", Decimal(0)),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed, amount):
    assert AmountField(max_digits=10, decimal_places=2).clean(typed) == amount


@pytest.mark.parametrize("typed", ["1.051.137", "12.000", "1,051", "douze"])
def test_an_ambiguous_or_unreadable_amount_is_refused(typed):
    with pytest.raises(ValidationError):
        AmountField(max_digits=10, decimal_places=2).clean(typed)

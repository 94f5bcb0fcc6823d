from django.db import migrations

from explor.ground.encryption.owned import OwnedStore
from explor.ground.encryption.rotation import JsonStore, bind

COLUMN = ("mfa_authenticator", "data", ("secret", "seed", "migrated_codes"))
FORMER, OWNED = JsonStore(*COLUMN), OwnedStore(*COLUMN, owner="user_id")


def bind_to_people(apps, schema_editor):
    bind(FORMER, OWNED)


def bind_to_column(apps, schema_editor):
    bind(OWNED, _ToColumn(*COLUMN, owner="user_id"))


class _ToColumn(OwnedStore):
    """Write as before, and read the rows as now."""

    def place_of(self, bound):
        return FORMER.place_of(bound)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_encrypted_phones_and_factors")]

    operations = [migrations.RunPython(bind_to_people, bind_to_column)]

from django.db import migrations, models

from explor.ground.encryption.fields import EncryptedNumberField, RowKey
from explor.ground.encryption.rotation import JsonStore, Store, decrypt, encrypt_clear

STORES = (
    Store("accounts_person", "phone", is_number=True),
    JsonStore("mfa_authenticator", "data", ("secret", "seed", "migrated_codes")),
)


def encrypt_values(apps, schema_editor):
    for store in STORES:
        encrypt_clear(store)


def decrypt_values(apps, schema_editor):
    for store in STORES:
        decrypt(store)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_session_activity"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.AlterField("person", "id", RowKey(primary_key=True, serialize=False)),
        migrations.AlterField(
            "person",
            "phone",
            EncryptedNumberField(blank=True, max_length=30, verbose_name="téléphone"),
        ),
        migrations.RunPython(encrypt_values, decrypt_values),
        migrations.AddIndex(
            "person",
            models.Index(
                fields=["phone"], name="accounts_person_by_phone", opclasses=["text_pattern_ops"]
            ),
        ),
    ]

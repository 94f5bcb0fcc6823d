from django.db import migrations

from explor.ground.encryption.fields import EncryptedDateField, EncryptedTextField, RowKey
from explor.ground.encryption.rotation import Store, decrypt, encrypt_clear

STORES = (
    Store("missions_checklistitem", "valid_until"),
    Store("missions_checklistitem", "note"),
)


def encrypt_values(apps, schema_editor):
    for store in STORES:
        encrypt_clear(store)


def decrypt_values(apps, schema_editor):
    for store in STORES:
        decrypt(store)


class Migration(migrations.Migration):
    dependencies = [("missions", "0003_window_agreement")]

    operations = [
        migrations.AlterField("checklistitem", "id", RowKey(primary_key=True, serialize=False)),
        # The days become texts: in the ISO format, whatever that of the server.
        migrations.RunSQL("SET LOCAL datestyle TO 'ISO, YMD'", "SET LOCAL datestyle TO 'ISO, YMD'"),
        migrations.AlterField(
            "checklistitem",
            "valid_until",
            EncryptedDateField(blank=True, null=True, verbose_name="valable jusqu’au"),
        ),
        migrations.AlterField(
            "checklistitem",
            "note",
            EncryptedTextField(blank=True, max_length=300, verbose_name="note"),
        ),
        migrations.RunPython(encrypt_values, decrypt_values),
    ]

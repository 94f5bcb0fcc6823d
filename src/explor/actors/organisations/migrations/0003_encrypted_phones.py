from django.db import migrations

from explor.ground.encryption.fields import EncryptedNumberField, RowKey
from explor.ground.encryption.rotation import Store, decrypt, encrypt_clear

PHONES = Store("organisations_fieldpartner", "phone", is_number=True)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_words_of_lending")]

    operations = [
        migrations.AlterField("fieldpartner", "id", RowKey(primary_key=True, serialize=False)),
        migrations.AlterField(
            "fieldpartner",
            "phone",
            EncryptedNumberField(blank=True, max_length=30, verbose_name="téléphone"),
        ),
        migrations.RunPython(
            lambda apps, schema_editor: encrypt_clear(PHONES),
            lambda apps, schema_editor: decrypt(PHONES),
        ),
    ]

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
import explor.public.directory.models.alerts
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('http', '0001_initial'),
        ('sheets', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='adresse électronique')),
                ('search', models.CharField(blank=True, max_length=1000, verbose_name='recherche')),
                ('token', models.CharField(default=explor.public.directory.models.alerts.new_token, max_length=64, unique=True, verbose_name='jeton')),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='demandée le')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmée le')),
                ('notified_until', models.DateTimeField(default=django.utils.timezone.now, verbose_name='prévenue jusqu’au')),
            ],
            options={
                'verbose_name': 'recherche suivie',
                'verbose_name_plural': 'recherches suivies',
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(verbose_name='numéro')),
            ],
            options={
                'verbose_name': 'édition de l’annuaire',
                'verbose_name_plural': 'éditions de l’annuaire',
            },
        ),
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('sheet', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='sheets.projectsheet')),
                ('live', models.BooleanField(verbose_name='publiée')),
                ('edition', models.BigIntegerField(db_index=True, verbose_name='édition')),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None, verbose_name='étiquettes')),
                ('published_at', models.DateTimeField(verbose_name='publiée le')),
                ('start_on', models.DateField(null=True, verbose_name='début au plus tôt')),
                ('end_on', models.DateField(null=True, verbose_name='fin au plus tard')),
                ('declared', models.CharField(max_length=20, verbose_name='statut déclaré')),
                ('year', models.PositiveSmallIntegerField(null=True, verbose_name='année de début')),
                ('title_key', models.CharField(max_length=250, verbose_name='titre, pour le rang')),
                ('title_words', django.contrib.postgres.search.SearchVectorField(verbose_name='mots du titre')),
                ('words', django.contrib.postgres.search.SearchVectorField(verbose_name='mots')),
            ],
            options={
                'verbose_name': 'ligne de l’annuaire',
                'verbose_name_plural': 'lignes de l’annuaire',
            },
        ),
        migrations.CreateModel(
            name='Vocabulary',
            fields=[
                ('word', models.CharField(max_length=60, primary_key=True, serialize=False, verbose_name='mot')),
            ],
            options={
                'verbose_name': 'mot connu',
                'verbose_name_plural': 'mots connus',
            },
        ),
        migrations.CreateModel(
            name='ListedSheet',
            fields=[
            ],
            options={
                'verbose_name': 'fiche de l’annuaire',
                'verbose_name_plural': 'fiches de l’annuaire',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('sheets.projectsheet',),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.UniqueConstraint(fields=('email', 'search'), name='directory_alert_once', violation_error_message='Cette recherche est déjà suivie.'),
        ),
        migrations.AddIndex(
            model_name='listing',
            index=django.contrib.postgres.indexes.GinIndex(fields=['words'], name='listing_words'),
        ),
        migrations.AddIndex(
            model_name='listing',
            index=django.contrib.postgres.indexes.GinIndex(fields=['title_words'], name='listing_title_words'),
        ),
        migrations.AddIndex(
            model_name='vocabulary',
            index=django.contrib.postgres.indexes.GinIndex(fields=['word'], name='vocabulary_trigrams', opclasses=['gin_trgm_ops']),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='listedsheet',
            trigger=pgtrigger.compiler.Trigger(name='list', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE now_at bigint;', func="\nIF NEW.state = 'published' THEN\n    INSERT INTO directory_edition AS e (id, number)\n    VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)\n    ON CONFLICT (id) DO UPDATE SET number = greatest(e.number + 1, excluded.number)\n    RETURNING number INTO now_at;\n    INSERT INTO directory_listing (\n        sheet_id, live, edition, tags, published_at, start_on, end_on, declared, year, title_key,\n        title_words, words\n    )\n    SELECT\n        NEW.id, true, now_at,\n        array(\n            SELECT 'pays:' || value FROM (SELECT unnest(NEW.countries)::text) AS each (value) UNION SELECT 'zone:' || value FROM (SELECT unnest(NEW.zones)::text) AS each (value) UNION SELECT 'secteur:' || value FROM (SELECT unnest(NEW.sectors)::text) AS each (value) UNION SELECT 'odd:' || value FROM (SELECT unnest(NEW.sdgs)::text) AS each (value) UNION SELECT 'reseau:' || value FROM (SELECT slug::text FROM networks_network WHERE id = NEW.network_id) AS each (value) UNION SELECT 'annee:' || value FROM (SELECT NEW.year::text WHERE NEW.year::text <> '') AS each (value) UNION SELECT 'departement:' || value FROM (SELECT NEW.department::text WHERE NEW.department::text <> '') AS each (value) UNION SELECT 'structure:' || value FROM (SELECT unnest(NEW.structures)::text) AS each (value) UNION SELECT 'financeur:' || value FROM (SELECT unnest(NEW.funders)::text) AS each (value)\n        ),\n        coalesce(NEW.published_at, now()), NEW.start_on, NEW.end_on, NEW.declared, NEW.year,\n        NEW.title_key, to_tsvector('explor', NEW.title),\n        setweight(to_tsvector('explor', NEW.title), 'A')\n        || setweight(to_tsvector('explor', NEW.purpose), 'B')\n        || setweight(to_tsvector('explor', concat_ws(\n            ' ', NEW.lead_organisation, NEW.locality, NEW.names, NEW.rest\n        )), 'C')\n    ON CONFLICT (sheet_id) DO UPDATE SET\n        live = true, edition = excluded.edition, tags = excluded.tags,\n        published_at = excluded.published_at, start_on = excluded.start_on,\n        end_on = excluded.end_on, declared = excluded.declared, year = excluded.year,\n        title_key = excluded.title_key, title_words = excluded.title_words, words = excluded.words;\n    INSERT INTO directory_vocabulary (word)\n    SELECT DISTINCT word FROM regexp_split_to_table(\n        lower(unaccent(concat_ws(' ', NEW.lead_organisation, NEW.locality, NEW.names))), '[^a-z0-9]+'\n    ) AS word\n    WHERE length(word) BETWEEN 4 AND 60\n    ON CONFLICT DO NOTHING;\nELSIF TG_OP = 'UPDATE' AND OLD.state = 'published' THEN\n    UPDATE directory_edition SET number = greatest(\n        number + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint\n    ) RETURNING number INTO now_at;\n    UPDATE directory_listing SET live = false, edition = now_at WHERE sheet_id = NEW.id;\nEND IF;\nRETURN NULL;\n", hash='f36bebbb87f72e7a54b50923f830d3d44512ed9b', operation='INSERT OR UPDATE', pgid='pgtrigger_list_6db7a', table='sheets_projectsheet', when='AFTER')),
        ),
    ]

"""The settings of an installation, read from environment variables (see docs/settings.md).

In production, weak values prevent the start.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from .limits import limits_of
from .numbers import integer
from .proconnect import providers
from .strength import exposed, guessable, weaknesses

ENV = os.environ
ROOT = Path(ENV.get("EXPLOR_ROOT") or Path(__file__).parents[4])
VAR = Path(ENV.get("EXPLOR_VAR") or ROOT / "var")

PRODUCTION = ENV.get("EXPLOR_PRODUCTION") == "1"
DEBUG = ENV.get("EXPLOR_DEBUG") == "1"
EXPLOR_DEMO = ENV.get("EXPLOR_DEMO") == "1"
# Not a secret: production refuses this value.
DEVELOPMENT_SECRET = "development-only-secret-never-used-in-production"  # nosec B105
SECRET_KEY = ENV.get("SECRET_KEY", DEVELOPMENT_SECRET)
JOURNAL_KEY = ENV.get("JOURNAL_KEY", DEVELOPMENT_SECRET)
ALLOWED_HOSTS = ENV.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
PORT = integer(ENV, "PORT", 8000)
EXPLOR_URL = ENV.get("EXPLOR_URL", f"http://127.0.0.1:{PORT}")
EXPLOR_MAIL_DOMAIN = ENV.get("EXPLOR_MAIL_DOMAIN", "explor.example")
EXPLOR_DKIM_SELECTOR = ENV.get("EXPLOR_DKIM_SELECTOR", "")
EXPLOR_SECURITY_CONTACT = ENV.get("EXPLOR_SECURITY_CONTACT", "")
EXAMPLE_PUBLISHER = "Explor (exemple)"
EXPLOR_PUBLISHER = ENV.get("EXPLOR_PUBLISHER", EXAMPLE_PUBLISHER)
# Used in the legal notice, with the name above.
EXPLOR_PUBLISHER_ADDRESS = ENV.get("EXPLOR_PUBLISHER_ADDRESS", "")
EXPLOR_DIRECTOR = ENV.get("EXPLOR_DIRECTOR", "")
EXPLOR_HOSTING = ENV.get("EXPLOR_HOSTING", "")
EXPLOR_CONTACT = ENV.get("EXPLOR_CONTACT", "")
EXPLOR_ACCESSIBILITY_PLAN = ENV.get("EXPLOR_ACCESSIBILITY_PLAN", "")
EXPLOR_IATI_REF = ENV.get("EXPLOR_IATI_REF", "XI-EXPLOR-EXEMPLE" if EXPLOR_DEMO else "")
EXPLOR_IATI_SCHEMAS = ENV.get("EXPLOR_IATI_SCHEMAS", "")
SEAL_KEY = Path(ENV.get("EXPLOR_SEAL_KEY") or VAR / "seal" / "key.pem")
SEAL_PASSPHRASE = ENV.get("EXPLOR_SEAL_PASSPHRASE", "")
# newest key first; if empty, the file below is used
ENCRYPTION_KEYS = ENV.get("EXPLOR_ENCRYPTION_KEYS", "")
ENCRYPTION_RING = Path(ENV.get("EXPLOR_ENCRYPTION_RING") or VAR / "encryption" / "keys")
BACKUP_RECIPIENTS = ENV.get("EXPLOR_BACKUP_RECIPIENTS", "").replace(",", " ").split()
# Days of the terms of `ground/privacy/terms.py` that this installation overrides.
TERMS_IN_DAYS = {
    key[12:].lower(): integer(ENV, key, 30)
    for key in ENV
    if key.startswith("EXPLOR_TERM_") and ENV[key]
}
# how long what identifies the device of a signatory is kept
SIGNATURE_YEARS = integer(ENV, "SIGNATURE_YEARS", 5)
ERASURES = Path(ENV.get("EXPLOR_ERASURES") or VAR / "erasures.jsonl")  # replayed by a restore
# The keys of that register, the newest first; an installation that gives none has the journal's.
ERASURES_KEYS = [key.strip() for key in ENV.get("EXPLOR_ERASURES_KEYS", "").split(",") if key]
# The antivirus that reads uploaded files: the socket of clamd, or host:port; "" for none.
CLAMD = ENV.get("EXPLOR_CLAMD", "")
# Default storage space of each organisation and network, in megabytes.
SPACES = {
    "organisations.organisation": integer(ENV, "EXPLOR_SPACE_ORGANISATION", 200),
    "networks.network": integer(ENV, "EXPLOR_SPACE_NETWORK", 5000),
}
# Only the worker and the commands read the private key; pages verify with the public keys.
JOURNAL_SEAL_KEY = Path(ENV.get("EXPLOR_JOURNAL_SEAL_KEY") or VAR / "journal-seal" / "key.pem")
JOURNAL_PUBLIC_KEYS = Path(ENV.get("EXPLOR_JOURNAL_PUBLIC_KEYS") or VAR / "journal" / "public.txt")
JOURNAL_HEADS = Path(ENV.get("EXPLOR_JOURNAL_HEADS") or VAR / "journal" / "heads.txt")
# after that, the advice is out of date
TRAVEL_ADVICE_DAYS = integer(ENV, "TRAVEL_ADVICE_DAYS", 30)
SOCIALACCOUNT_PROVIDERS = providers(ENV)
REQUEST_LIMITS = limits_of(ENV)
if PRODUCTION and (DEBUG or EXPLOR_DEMO or DEVELOPMENT_SECRET in (SECRET_KEY, JOURNAL_KEY)):
    raise ImproperlyConfigured(
        "En production : donnez SECRET_KEY et JOURNAL_KEY, sans EXPLOR_DEBUG ni EXPLOR_DEMO."
    )
if PRODUCTION and not (ENCRYPTION_KEYS or ENV.get("EXPLOR_ENCRYPTION_RING")):
    raise ImproperlyConfigured(
        "En production : donnez EXPLOR_ENCRYPTION_KEYS, ou EXPLOR_ENCRYPTION_RING (le chemin d’un "
        "fichier gardé loin de la base). Une clé neuve : explor encryption new --print"
    )
KEYS = {"SECRET_KEY": SECRET_KEY, "JOURNAL_KEY": JOURNAL_KEY}
if ERASURES_KEYS:  # a former one may be that of the journal
    KEYS["EXPLOR_ERASURES_KEYS"] = ERASURES_KEYS[0]
RING = ENCRYPTION_KEYS.split(",") if ENCRYPTION_KEYS else []
WEAKNESSES = [
    *weaknesses(KEYS, ALLOWED_HOSTS, EXPLOR_URL, RING),
    *guessable(ENV.get("DATABASE_URL", ""), ENV.get("EMAIL_HOST_PASSWORD", "")),
    *exposed(
        ENV.get("EMAIL_HOST", ""), ENV.get("EMAIL_HOST_PASSWORD", ""), ENV.get("EMAIL_USE_TLS")
    ),
]
if PRODUCTION and WEAKNESSES:
    raise ImproperlyConfigured("En production : " + " ".join(WEAKNESSES))

"""The WSGI application; its pages use short database timeouts."""

import os

import structlog
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from . import database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explor.site.config.settings")
database.make_brief(
    settings.DATABASES["default"], statement=settings.WEB_QUERY, lock=settings.WEB_LOCK
)
application = get_wsgi_application()
structlog.get_logger(__name__).info("Un processus du site est prêt.", process=os.getpid())

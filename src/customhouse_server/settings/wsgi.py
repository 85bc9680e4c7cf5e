"""WSGI: the entry point for the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "customhouse_server.settings")
application = get_wsgi_application()

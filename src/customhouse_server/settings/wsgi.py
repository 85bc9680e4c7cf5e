"""WSGI: the entry point for the web server, behind the proxies that CUSTOMHOUSE_PROXIES names.

They alone are believed on where a call comes from (`X-Forwarded-For`), by which those who write without an account are counted.
"""

import os

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "customhouse_server.settings")
application = wrap_wsgi_with_proxy_headers(get_wsgi_application(), os.environ.get("CUSTOMHOUSE_PROXIES", "127.0.0.1"))

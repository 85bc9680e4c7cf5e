"""The site under test: a real PostgreSQL in a home folder of its own, one database for each parallel run."""

import os
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "customhouse_server.settings")
os.environ.setdefault("CUSTOMHOUSE_HOME", str(ROOT / ".customhouse" / "tests"))
django.setup()

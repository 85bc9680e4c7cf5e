"""Framework: the installation's competences, courses and gated acts, read once in each process."""

from functools import cache
from pathlib import Path

from django.conf import settings

from customhouse.development import people
from customhouse.shipped import shipped


def frameworks_folder() -> Path:
    """The folder that CUSTOMHOUSE_FRAMEWORKS names, or the one that ships."""
    return Path(settings.FRAMEWORKS) if settings.FRAMEWORKS else shipped("frameworks")


@cache
def people_framework() -> people.PeopleFramework:
    """The competences of the installation, with the acts gated by the file that CUSTOMHOUSE_PERMISSIONS names; without one, none."""
    gates = Path(settings.PERMISSIONS).read_text("utf-8") if settings.PERMISSIONS else ""
    return people.read_people((frameworks_folder() / "people.toml").read_text("utf-8"), gates)

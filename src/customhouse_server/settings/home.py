"""Home: the folder where one installation keeps what is its own: the embedded database and the secret key."""

import os
import secrets
from pathlib import Path


class ForeignHomeError(PermissionError):
    """The home folder belongs to another user."""


def home() -> Path:
    """The folder named by CUSTOMHOUSE_HOME, or `.customhouse` in the working directory, made on first use; or `ForeignHomeError`."""
    folder = Path(os.environ.get("CUSTOMHOUSE_HOME", ".customhouse")).resolve()
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise ForeignHomeError(f"{folder} belongs to another user: name a folder of your own in CUSTOMHOUSE_HOME, or remove this one")
    return folder


def secret_key() -> str:
    """The key that signs sessions: from CUSTOMHOUSE_SECRET_KEY, or drawn once and kept in the home folder for its owner alone."""
    return os.environ.get("CUSTOMHOUSE_SECRET_KEY") or _kept_secret(home() / "secret_key")


def _kept_secret(path: Path) -> str:
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text().strip() or _written(path)
    with os.fdopen(descriptor, "w") as file:
        file.write(drawn := secrets.token_urlsafe(50))
    return drawn


def _written(path: Path) -> str:
    drawn = secrets.token_urlsafe(50)
    path.write_text(drawn)
    return drawn

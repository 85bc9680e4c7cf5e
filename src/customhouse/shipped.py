"""Shipped: where the data lie that the product comes with, as country packages, plans and sets of indicators."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_ROOTS = (_PACKAGE, _PACKAGE.parents[1])  # in a wheel, and in a checkout


def shipped(folder: str) -> Path:
    """The folder of that name which the product comes with, as `countries`; FileNotFoundError where there is none."""
    for root in _ROOTS:
        if (root / folder).is_dir():
            return root / folder
    raise FileNotFoundError(f"the product ships no folder {folder!r}")


def shipped_or_own(folder: str, name_or_file: str) -> Path | None:
    """The TOML file of that name in a shipped folder, else the file of one's own at that path, else nothing."""
    return next((each for each in (shipped(folder) / f"{name_or_file}.toml", Path(name_or_file)) if each.is_file()), None)

"""Tariff folder: the plain files of a tariff set on disk, read, and written only where they changed."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from customhouse.cli.console import unreadable
from customhouse.tariff import edition

_REGISTER = "editions"


def read_folder(folder: Path) -> edition.TariffSet:
    """The set in a folder, empty where there is none yet; ends the command where a file cannot be read."""
    names = [name for name in (*edition.TABLES, _REGISTER) if (folder / f"{name}.csv").is_file()]
    try:
        with ExitStack() as opened:
            return edition.read_set(
                {name: opened.enter_context((folder / f"{name}.csv").open(encoding="utf-8-sig", newline="")) for name in names}
            )
    except (OSError, UnicodeDecodeError, edition.UnreadableSetError) as error:
        raise unreadable(f"{folder}: {error}") from error


def write_folder(folder: Path, tariff_set: edition.TariffSet) -> tuple[str, ...]:
    """Write the files whose content differs, each at once and the register last; the names of those written."""
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_written(folder, tariff_set))


def _written(folder: Path, tariff_set: edition.TariffSet) -> Iterator[str]:
    for name, text in tariff_set.texts().items():
        target, content = folder / f"{name}.csv", text.encode()
        if target.is_file() and target.read_bytes() == content:
            continue
        draft = target.with_suffix(".csv.new")
        draft.write_bytes(content)
        draft.replace(target)
        yield target.name

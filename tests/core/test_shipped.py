from pathlib import Path

import pytest

from customhouse.shipped import shipped, shipped_or_own


def test_what_the_product_ships_is_found_by_its_folder_and_what_it_does_not_ship_is_refused() -> None:
    assert (shipped("countries") / "sandbox" / "country.toml").is_file()
    with pytest.raises(FileNotFoundError, match="'nowhere'"):
        shipped("nowhere")


def test_a_shipped_file_goes_before_one_of_ones_own_and_neither_is_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.toml"
    own.write_text("")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "customs").write_text("")
    assert shipped_or_own("indicators", str(own)) == own
    assert shipped_or_own("indicators", "customs") == shipped("indicators") / "customs.toml"
    assert shipped_or_own("indicators", "absent") is None

"""A Parquet file of items assessed part by part: in order, again from where it stopped, and never mixed with another source."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from customhouse import pipeline
from customhouse.assessment import batch
from customhouse.cli import app, item_file, parquet_parts

DAY = date(2026, 11, 20)
LAW = pipeline.load_country("sandbox").law
RUN = CliRunner()


def items(count: int, value: str = "100.00") -> pa.Table:
    return pa.table(
        {
            "commodity": ["61091000", "87120030", "07020000"] * count,
            "origin": ["BD", "CN", "MA"] * count,
            "value": pa.array([Decimal(value)] * 3 * count, pa.decimal128(18, 2)),
        }
    )


@pytest.fixture
def source(tmp_path: Path) -> Path:
    pq.write_table(items(10), tmp_path / "items.parquet", row_group_size=7)
    return tmp_path / "items.parquet"


@pytest.mark.parametrize("workers", [1, 2])
def test_the_parts_together_are_the_table_in_its_order(source: Path, tmp_path: Path, workers: int) -> None:
    job = parquet_parts.Job(source, tmp_path / "out", item_file.Assessing(LAW, DAY))
    assert sum(parquet_parts.work_through(job, workers=workers)) == parquet_parts.row_count(source) == 30
    whole = batch.assess_table(items(10), LAW, on=DAY)
    assert pq.read_table(tmp_path / "out").to_pylist() == whole.to_pylist()


def test_a_second_run_leaves_the_parts_that_stand(source: Path, tmp_path: Path) -> None:
    job = parquet_parts.Job(source, tmp_path / "out", item_file.Assessing(LAW, DAY))
    runs = parquet_parts.work_through(job, workers=1)
    assert (next(runs), next(runs)) == (7, 7)
    runs.close()
    standing = {part.name: part.stat().st_mtime_ns for part in job.target.glob("part-*.parquet")}
    assert len(standing) == 2
    (job.target / "_part-00002.parquet").write_bytes(b"half a part")
    assert sum(parquet_parts.work_through(job, workers=1)) == 30
    assert {name: (job.target / name).stat().st_mtime_ns for name in standing} == standing
    assert len(list(job.target.glob("part-*.parquet"))) == 5


def test_results_of_another_source_or_day_are_not_mixed_in(source: Path, tmp_path: Path) -> None:
    list(parquet_parts.work_through(parquet_parts.Job(source, tmp_path / "out", item_file.Assessing(LAW, DAY)), workers=1))
    with pytest.raises(parquet_parts.OtherSourceError):
        list(parquet_parts.work_through(parquet_parts.Job(source, tmp_path / "out", item_file.Assessing(LAW, date(2026, 1, 1))), workers=1))
    pq.write_table(items(11), source)
    with pytest.raises(parquet_parts.OtherSourceError):
        list(parquet_parts.work_through(parquet_parts.Job(source, tmp_path / "out", item_file.Assessing(LAW, DAY)), workers=1))


def test_the_command_assesses_a_file_and_tells_bad_input(source: Path, tmp_path: Path) -> None:
    arguments = ["assess-batch", str(source), str(tmp_path / "out"), "--country", "sandbox", "--on", "2026-11-20", "--workers", "1"]
    done = RUN.invoke(app, arguments)
    assert (done.exit_code, done.stdout.splitlines()[0][:8]) == (0, "30 items")
    (tmp_path / "wrong.parquet").write_text("no parquet")
    pq.write_table(items(1).drop_columns(["value"]), tmp_path / "short.parquet")
    for name in ("nowhere.parquet", "wrong.parquet", "short.parquet"):
        assert RUN.invoke(app, ["assess-batch", str(tmp_path / name), str(tmp_path / name) + ".out", "--country", "sandbox"]).exit_code == 2

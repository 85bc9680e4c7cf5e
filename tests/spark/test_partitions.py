"""The batch in the partitions of Apache Spark, in local mode: each line to the penny what one table gives, with the id of its item."""

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from customhouse import pipeline
from customhouse.assessment import batch
from customhouse.research import History

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytest.importorskip("pyspark", reason="Apache Spark is not installed: make test-spark installs it")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("Apache Spark needs Java 17 or later", allow_module_level=True)
pytestmark = pytest.mark.filterwarnings("default")  # Spark's own warnings are not ours to mend

DAY = date(2026, 11, 20)
LAW = pipeline.load_country("sandbox").law


@pytest.fixture(scope="module")
def spark() -> Iterator["SparkSession"]:
    """A session on two cores of this machine."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - only where it is installed

    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1", "PYTHONPATH": os.pathsep.join(sys.path)}
    options = {"spark.ui.enabled": "false", "spark.sql.execution.arrow.maxRecordsPerBatch": "700"}
    session = SparkSession.builder.master("local[2]").config(map=options).getOrCreate()
    yield session
    session.stop()


def test_partitions_on_a_cluster_come_to_the_lines_of_one_table(spark: "SparkSession", tmp_path: Path) -> None:
    from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415

    items = next(History(LAW, first_day=date(2026, 1, 1), seed=2).tables(5_000))
    items = items.append_column("item", pa.array(range(10**12, 10**12 + len(items)), pa.int64()))
    pq.write_table(items, tmp_path / "items.parquet", row_group_size=1_000)
    frame = spark.read.parquet(str(tmp_path / "items.parquet")).repartition(5)
    assess = batch.partition_assessor(LAW, items.schema, on=DAY)
    lines = frame.mapInArrow(assess, from_arrow_schema(batch.PLAIN_SCHEMA)).toArrow().to_pylist()
    expected = batch.assess_table(items.drop_columns(["item"]), LAW, on=DAY).to_pylist()
    assert sorted(lines, key=lambda line: line["item"]) == [line | {"item": line["item"] + 10**12} for line in expected]

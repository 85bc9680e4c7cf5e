"""Item file: assessing a Parquet file of items into a folder of Parquet parts with the columns of `batch.SCHEMA`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from customhouse.assessment import Law, batch
from customhouse.cli.parquet_parts import Step


@dataclass(frozen=True, slots=True)
class Assessing:
    """The work of assessing items under a law; `on` is the legal day of items that name none."""

    law: Law
    on: date

    @property
    def results(self) -> pa.Schema:
        """One tax line a row."""
        return batch.SCHEMA

    @property
    def stated(self) -> Mapping[str, str]:
        """The day."""
        return {"on": self.on.isoformat()}

    def begin(self, rows: pa.Schema) -> Step:
        """Assess one table after the other."""
        assessor = batch.TableAssessor(self.law, rows, on=self.on)
        return lambda items, first: assessor.assess(items, first=first)

"""The first declarations that a process reads may come in many threads at once, as after a restart under load."""

import subprocess
import sys

_EIGHT_AT_ONCE = """
import sys, threading
import msgspec
from customhouse.declaration import Declaration

sys.setswitchinterval(1e-6)
document = {"goods_shipment": {"items": [{"sequence_numeric": 1, "commodity": {"description": "x"}}]}}
together, read = threading.Barrier(8), []

def first():
    together.wait()
    read.append(msgspec.convert(document, Declaration, strict=False))

threads = [threading.Thread(target=first) for _ in range(8)]
for each in threads:
    each.start()
for each in threads:
    each.join()
sys.exit(0 if len(read) == 8 and len(set(map(repr, read))) == 1 else 1)
"""


def test_declarations_that_are_the_first_of_a_process_are_read_in_many_threads_at_once() -> None:
    for _ in range(4):  # a process reads for the first time once
        done = subprocess.run([sys.executable, "-c", _EIGHT_AT_ONCE], capture_output=True, text=True, check=False)  # noqa: S603 - our own
        assert done.returncode == 0, done.stderr

"""The benchmark fills truly, and measures: a small run of the whole of it."""

import json
import subprocess
from pathlib import Path

import pytest

from launcher.home import CHECKOUT

SIZE = 200


@pytest.mark.slow
def test_a_small_benchmark(system):
    """Started as a person starts it; on the users' cluster, which is durable."""
    try:
        done = subprocess.run(
            ["./qlvb", "bench", "--size", str(SIZE), "--drop"],
            capture_output=True,
            text=True,
            check=False,
            cwd=CHECKOUT,
            timeout=900,
        )
    finally:
        system.cluster.stop()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✗" not in done.stdout
    figures = json.loads(Path(done.stdout.splitlines()[-1]).read_text(encoding="utf-8"))
    assert figures["size"] == SIZE
    assert figures["machine"]["fsync"] == "on"
    assert figures["sees"]["nothing"] == 0 < figures["sees"]["chief"] <= SIZE
    page = figures["http"]["list: 80 newest and count"]
    assert page.keys() == {"nothing", "old", "few", "head", "chief"}
    assert all(cost["total"] > 0 and cost["queries"] > 0 for cost in page.values())
    assert figures["acts"]["register"]["queries"] > 0

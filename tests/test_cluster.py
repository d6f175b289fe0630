"""Dask: the bytes that children give, from workers that are killed, with files that kill or hang."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import hostile
import pytest
from test_archive import content, rows
from typer.testing import CliRunner

from extractor import archive
from extractor.archive import cluster as dask
from extractor.archive.executor import Breakdown, Call, Limits
from extractor.archive.work import Settings
from extractor.cli import app
from extractor.errors import ClusterError, WriteError

pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")

LIMITS = Limits(seconds=2, megabytes=1536)


def same(value: object) -> object:
    return value


def hang() -> None:
    time.sleep(60)


def crash() -> None:
    os.abort()


def kill_worker() -> None:
    """What a machine does whose memory runs out, if it picks the wrong process."""
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)


def kill_worker_once(marker: Path) -> str:
    if not marker.exists():
        marker.touch()
        kill_worker()
    return "at last"


def full() -> None:
    raise WriteError("out", "No space left on device")


@pytest.fixture(scope="module")
def cluster() -> Iterator[dask.Cluster]:
    with dask.Cluster(Settings(), LIMITS, jobs=2) as started:
        yield started


def test_hang_crash_and_a_killed_worker_cost_their_own_calls(cluster: dask.Cluster, tmp_path: Path) -> None:
    calls = [Call(same, (i,), i) for i in range(120)]
    calls[20], calls[50] = Call(hang, (), "hang"), Call(crash, (), "crash")
    calls[70] = Call(kill_worker_once, (tmp_path / "marker",), "once")
    calls[95] = Call(kill_worker, (), "always")
    found = {call.about: value for call, value in cluster.results(calls)}
    assert len(found) == 120
    assert (found.pop("hang").code, found.pop("crash").code) == ("timeout", "crashed")
    assert found.pop("once") == "at last"
    assert found.pop("always") == Breakdown("crashed", dask.KILLED)
    assert all(about == value for about, value in found.items())


def test_order_is_kept_where_it_is_asked_for(cluster: dask.Cluster) -> None:
    calls = [Call(time.sleep, (0.05 * (i % 3),), i) for i in range(60)]
    assert [call.about for call, _ in cluster.results(calls, in_order=True)] == list(range(60))


def test_a_full_disk_ends_the_run(cluster: dask.Cluster) -> None:
    with pytest.raises(WriteError, match="No space left"):
        list(cluster.results([Call(full, ())]))
    assert [value for _, value in cluster.results([Call(same, (1,))])] == [1]


def test_no_calls_start_nothing() -> None:
    with dask.Cluster(Settings(), LIMITS, jobs=2) as idle:
        assert list(idle.results([])) == []
        assert idle._started is None


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Sixty files, two of them of the same content; a damaged one; two in a .zip."""
    files = {f"{i // 20}/{i:02}.txt": hostile.TEXT + str(i % 59).encode() for i in range(60)}
    files["cut.docx"] = hostile.WORD[: len(hostile.WORD) // 2]
    files["a.zip"] = hostile.zipped({"in.txt": hostile.TEXT + b"zip", "no.docx": b"PK\x03\x04"})
    for name, data in files.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
    return tmp_path / "in"


def test_the_bytes_are_those_of_children(tree: Path, tmp_path: Path) -> None:
    chosen = ("--format", "csv,xlsx", "--jobs", "2")
    for engine in ("local", "dask"):
        arguments = ("extract", str(tree), "--out", str(tmp_path / engine), "--engine", engine, *chosen)
        assert CliRunner().invoke(app, arguments).exit_code == 1
    assert content(tmp_path / "dask") == content(tmp_path / "local")
    failed = {path for path, row in rows(tmp_path / "dask").items() if row.status == "failed"}
    assert failed == {"cut.docx", "a.zip/no.docx"}


def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def scheduler() -> Iterator[str]:
    address = f"tcp://127.0.0.1:{port()}"
    process = started("scheduler", "--host", "127.0.0.1", "--port", address.rpartition(":")[2])
    yield address
    process.kill()
    process.wait()


def started(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:], "--no-dashboard"]
    return subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.DEVNULL)


def read(tree: Path, out: Path, scheduler: str) -> None:
    engine = partial(dask.Cluster, scheduler=scheduler, shared=[tree, out])
    with archive.prepared([tree], out, Settings(("json", "csv")), LIMITS, 1, engine=engine) as run:
        list(run)


def test_a_real_scheduler(tree: Path, tmp_path: Path, scheduler: str) -> None:
    """A worker that may have no children is told from one that may; a killed one is made up for by another."""
    daemon = started("worker", scheduler)
    with pytest.raises(ClusterError, match="DAEMON=False"):
        read(tree, tmp_path / "out", scheduler)
    daemon.terminate()
    daemon.wait()
    workers = [
        started("worker", scheduler, "--nthreads", "2", nanny, DASK_DISTRIBUTED__WORKER__DAEMON="False")
        for nanny in ("--nanny", "--no-nanny")
    ]
    engine = partial(dask.Cluster, scheduler=scheduler, shared=[tree, tmp_path / "out"])
    settings = Settings(("json", "csv"))
    with archive.prepared([tree], tmp_path / "out", settings, LIMITS, 1, engine=engine) as run:
        for done, _ in enumerate(run):
            if done == 9:
                workers[1].kill()
    with archive.prepared([tree], tmp_path / "local", settings, LIMITS, 2) as run:
        list(run)
    for worker in workers:
        worker.terminate()
        worker.wait()
    assert content(tmp_path / "out") == content(tmp_path / "local")


def test_what_is_not_shared_is_told(tree: Path, tmp_path: Path, cluster: dask.Cluster) -> None:
    need = cluster.need._replace(shared=(tree, tmp_path / "elsewhere"))
    with pytest.raises(ClusterError, match="elsewhere is not there on"):
        dask._check(need)
    need = cluster.need._replace(made=cluster.need.made._replace(version="0.0.1"))
    with pytest.raises(ClusterError, match=r"not '0\.0\.1'"):
        dask._check(need)


def test_no_scheduler_is_one_line(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "CONNECTED", 1)
    address = f"tcp://127.0.0.1:{port()}"
    arguments = ("extract", str(tree), "--out", str(tmp_path / "out"), "--engine", "dask", "--scheduler", address)
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert f"error: the scheduler {address} cannot be reached" in result.stderr


def test_without_the_extra(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "find_spec", lambda _: None)
    result = CliRunner().invoke(app, ("extract", str(tree), "--out", str(tmp_path / "out"), "--engine", "dask"))
    assert (result.exit_code, result.stderr) == (1, f"error: --engine dask needs Dask: {dask.EXTRA}\n")

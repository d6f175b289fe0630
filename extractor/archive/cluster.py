"""The calls of a run on Dask: a LocalCluster of this machine's, or a scheduler with workers on many.

Calls travel in chunks, for a task costs the scheduler milliseconds. On the worker each chunk goes through a child
with limits, as on one machine: no engine stops a file that hangs. What kills a worker is given to others, and is
told from its neighbours by being tried alone.

All machines see sources and archive under the same paths, and workers write the results: a few words on every file
come back. They have the same extractor, rules and extras; all this is checked before a worker's first chunk.
"""

from __future__ import annotations

import logging
import multiprocessing
import pickle
import socket
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from extractor.archive.children import Children
from extractor.archive.executor import Breakdown, Call, Limits
from extractor.archive.plan import Make, make
from extractor.archive.work import Settings
from extractor.errors import ClusterError, ExtractorError

CHUNK = 25  # files in a task; fewer at first, so that a small archive too is spread over all workers
AHEAD = 2  # tasks per thread of a worker that are handed out before they are asked for
CONNECTED, MANNED = 10, 30  # seconds that a scheduler has to answer, and to have a worker
DESERTED = 60  # seconds without a result after which we look whether there still are workers
EXTRA = "pip install 'extractor[cluster]'"
DAEMON = "DASK_DISTRIBUTED__WORKER__DAEMON=False in its environment"
LOST = "the connection to the scheduler was lost; what is done is kept: run the same again"
KILLED = (
    "every worker that was given it was killed; its machine's memory may have run out, or the file is made to do harm"
)
_LOCAL = {
    "distributed.worker.daemon": False,  # a daemon may have no children
    "distributed.scheduler.allowed-failures": 1,
    "distributed.scheduler.worker-saturation": 1.0,  # what waits on a worker that is killed is blamed for it too
}


class Need(NamedTuple):
    """What a worker must have: it would make `made` of these, and the paths are there."""

    settings: Settings
    limits: Limits
    made: Make
    shared: tuple[Path, ...]


@dataclass(eq=False)
class _Chunk:
    calls: Sequence[Call]
    future: Any


class Cluster:
    """An Executor. With a `scheduler`, its workers do the work; without, `jobs` workers that are started here.

    `shared` are paths, absolute ones, that must be there on every machine. Raises ClusterError.
    """

    def __init__(
        self, settings: Settings, limits: Limits, jobs: int, scheduler: str | None = None, shared: Iterable[Path] = ()
    ) -> None:
        self.need = Need(settings, limits, make(settings, limits), tuple(shared))
        self.jobs, self.scheduler = jobs, scheduler
        self._stack = ExitStack()
        self._started: Any = None

    def __enter__(self) -> Cluster:
        if find_spec("distributed") is None:
            raise ClusterError(f"--engine dask needs Dask: {EXTRA}")
        if self.scheduler:  # to be told at once that it cannot be reached
            try:
                self._client()
            except BaseException:
                self._stack.close()
                raise
        return self

    def __exit__(self, *error: object) -> None:
        if not any(error) and self._started:
            self._started.run(_dismiss, on_error="ignore")
        self._stack.close()

    def results(self, calls: Iterable[Call], in_order: bool = False) -> Iterator[tuple[Call, Any]]:
        try:
            yield from self._results(iter(calls), in_order)
        except OSError:  # of a connection
            raise ClusterError(LOST) from None

    def _results(self, source: Iterator[Call], in_order: bool) -> Iterator[tuple[Call, Any]]:
        waiting: deque[_Chunk] = deque()
        sent = 0
        for first in source:  # a run with nothing to do starts no cluster
            source = chain([first], source)
            break
        else:
            return
        while True:
            for chunk in self._ahead(source, sent, len(waiting)):
                waiting.append(chunk)
                sent += len(chunk.calls)
            if not waiting:
                return
            for chunk in self._ready([waiting[0]] if in_order else list(waiting)):
                waiting.remove(chunk)
                yield from zip(chunk.calls, self._values(chunk, waiting), strict=True)

    def _ahead(self, source: Iterator[Call], sent: int, waiting: int) -> Iterator[_Chunk]:
        """As many chunks as should be under way beside those that are."""
        threads = max(1, sum(self._client().nthreads().values()))
        size = min(CHUNK, 1 + sent // (4 * threads))
        for _ in range(waiting, AHEAD * threads):
            if not (calls := list(islice(source, size))):
                return
            yield self._send(calls)

    def _send(self, calls: Sequence[Call]) -> _Chunk:
        bare = [call._replace(about=None) for call in calls]
        sent = pickle.dumps((self.need, bare))  # the scheduler would open what is no bytes, and pack its own idea of it
        return _Chunk(calls, self._client().submit(_done, sent, pure=False))

    def _ready(self, chunks: Sequence[_Chunk]) -> list[_Chunk]:
        """Those that are done, one at least."""
        from distributed import wait

        while not any(chunk.future.done() for chunk in chunks):
            try:
                wait([chunk.future for chunk in chunks], DESERTED, return_when="FIRST_COMPLETED")  # type: ignore[no-untyped-call]
            except TimeoutError:
                if not self._client().nthreads():
                    raise ClusterError("the cluster has no workers left; start some and run the same again") from None
            except CancelledError:
                break
        return [chunk for chunk in chunks if chunk.future.done()]

    def _values(self, chunk: _Chunk, others: Iterable[_Chunk]) -> list[Any]:
        from distributed import KilledWorker

        try:
            return self._result(chunk)
        except KilledWorker:
            for other in others:
                self._ready([other])  # so that nobody else can be the culprit
            return [self._alone(call) for call in chunk.calls]

    def _alone(self, call: Call) -> Any:
        from distributed import KilledWorker

        try:
            return self._result(self._send([call]))[0]
        except KilledWorker:
            return Breakdown("crashed", KILLED)

    def _result(self, chunk: _Chunk) -> list[Any]:
        from distributed import KilledWorker

        try:
            values: list[Any] = chunk.future.result()
        except (KilledWorker, ExtractorError):
            raise
        except CancelledError:
            raise ClusterError(LOST) from None
        except Exception as error:
            raise ClusterError(f"a worker could not do its work ({type(error).__name__}: {error})") from error
        return values

    def _client(self) -> Any:
        if self._started is None:
            self._started = self._connected() if self.scheduler else self._local()
        return self._started

    def _local(self) -> Any:
        import dask
        from distributed import Client, LocalCluster

        self._stack.enter_context(dask.config.set(_LOCAL))
        try:
            cluster = LocalCluster(  # type: ignore[no-untyped-call]
                n_workers=self.jobs,
                threads_per_worker=1,
                memory_limit=0,  # its children have one
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,
            )
        except RuntimeError as error:
            raise ClusterError(f"the workers did not start ({error}); run the same again") from error
        return self._stack.enter_context(Client(self._stack.enter_context(cluster)))  # type: ignore[no-untyped-call]

    def _connected(self) -> Any:
        from distributed import Client

        for name in ("distributed", "distributed.client", "tornado.application"):  # what matters is told as an error
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            client = self._stack.enter_context(Client(self.scheduler, timeout=CONNECTED))  # type: ignore[no-untyped-call]
        except (OSError, TypeError, ValueError, RuntimeError) as error:
            words = f"the scheduler {self.scheduler} cannot be reached ({' '.join(str(error).split())}); is it running?"
            raise ClusterError(words) from None
        try:
            client.wait_for_workers(1, timeout=MANNED)
        except TimeoutError:
            raise ClusterError(f"the scheduler {self.scheduler} has no workers; start some with {DAEMON}") from None
        try:
            client.run(_check, self.need)
        except ExtractorError:
            raise
        except Exception as error:  # whatever a machine without extractor says of it
            words = f"the workers cannot do the work ({type(error).__name__}: {error}); is extractor installed there?"
            raise ClusterError(words) from None
        return client


# What follows is done by workers.
_idle: list[tuple[Need, Children]] = []  # one for each thread, kept from chunk to chunk


def _done(sent: bytes) -> list[Any]:
    """The values of a chunk. Raises WriteError, ClusterError."""
    need, calls = pickle.loads(sent)
    children = _taken(need)
    try:
        values = [value for _, value in children.results(calls, in_order=True)]
    except BaseException:
        children.stop()
        raise
    _idle.append((need, children))
    return values


def _taken(need: Need) -> Children:
    while _idle:
        held, children = _idle.pop()
        if held == need:
            return children
        children.stop()
    _check(need)
    return Children(need.settings, need.limits, jobs=1)


def _check(need: Need) -> None:
    """Raises ClusterError where this process cannot do the work."""
    machine = socket.gethostname()
    if need.limits.isolated and multiprocessing.current_process().daemon:
        raise ClusterError(f"the worker on {machine} may have no children: start it with {DAEMON}")
    if gone := [str(path) for path in need.shared if not path.exists()]:
        raise ClusterError(f"{', '.join(gone)} is not there on {machine}: all machines must see it under the same path")
    own = make(need.settings, need.limits)
    if own != need.made:
        differ = [f"{name} {a!r}, not {b!r}" for name, a, b in zip(Make._fields, own, need.made, strict=True) if a != b]
        raise ClusterError(
            f"the worker on {machine} would give other results, having {'; '.join(differ)}; install what it lacks there, and start it again"
        )


def _dismiss() -> None:
    """End the children that are kept."""
    while _idle:
        _idle.pop()[1].stop()

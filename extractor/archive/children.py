"""Disposable processes with limits of time and memory: what a file does to one of them costs that file only.

On Linux they are forked from this process once it has loaded everything, which takes milliseconds; elsewhere they
start anew. A child whose memory ran out, that broke off or hangs is replaced, and the file is named with the reason.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice, takewhile
from pathlib import Path
from typing import Any, NamedTuple

from pebble import ProcessExpired, ProcessPool

from extractor.archive import work
from extractor.archive.executor import Breakdown, Call, Limits
from extractor.errors import WriteError

FILES_PER_CHILD = 500  # then it is replaced, so that nothing can pile up in it
AHEAD = 4  # files per child that are handed out before they are asked for
GRACE = 15.0  # seconds after its time at which a child should be gone: then the pool itself is broken
SLACK = 2.0  # seconds after its time that a child has to end itself; one that hangs in C cannot
_OUT_OF_MEMORY, _OUT_OF_TIME = 77, 78  # exit codes of a child
_WATCH = 0.5  # seconds between two looks whether the parent lives
_TRIES = 2  # how often a file is given to a pool that breaks as a whole


class Late(BaseException):
    """A call has used up its time. No reader may take it for damage of the file."""


class _Sent(NamedTuple):
    call: Call
    future: Future[Any]
    tries: int


class Children:
    """Use as a context. Nothing is started before the first call."""

    def __init__(self, settings: work.Settings, limits: Limits, jobs: int) -> None:
        self.settings, self.limits, self.jobs = settings, limits, jobs
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Children:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def results(self, calls: Iterable[Call], in_order: bool = False) -> Iterator[tuple[Call, Any]]:
        source = iter(calls)
        waiting: deque[_Sent] = deque()
        most = self.jobs * AHEAD if self.limits.isolated else 1
        while True:
            waiting.extend(self._send(call) for call in islice(source, most - len(waiting)))
            if not waiting:
                return
            asked = [waiting[0].future] if in_order else [sent.future for sent in waiting]
            longest = max(self.limits.time(sent.call.size) for sent in waiting)
            wait(asked, longest + GRACE, FIRST_COMPLETED)
            ready = [*takewhile(_done, waiting)] if in_order else [*filter(_done, waiting)]
            if not ready or any(_broken(sent) for sent in ready):
                waiting = self._again(waiting)
                continue
            for sent in ready:
                waiting.remove(sent)
                yield sent.call, self._value(sent)

    def _send(self, call: Call, tries: int = 1) -> _Sent:
        if not self.limits.isolated:
            return _Sent(call, _here(call), tries)
        if self._pool is None:
            self._pool = self._started()
        seconds = self.limits.time(call.size)
        args = (seconds, call.function, call.args)
        try:
            future: Future[Any] = self._pool.schedule(_guarded, args, timeout=seconds + SLACK)
        except RuntimeError:  # it broke since the last call
            future = _failed(BrokenProcessPool())
        return _Sent(call, future, tries)

    def _started(self) -> ProcessPool:
        method = "fork" if sys.platform == "linux" else "spawn"
        if method == "fork":
            work.warm(self.settings)
        return ProcessPool(
            max_workers=self.jobs,
            max_tasks=FILES_PER_CHILD,
            initializer=_begin,
            initargs=(self.settings, self.limits.megabytes),
            context=multiprocessing.get_context(method),
        )

    def stop(self) -> None:
        """End all processes; the next call starts new ones."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None

    def _again(self, waiting: deque[_Sent]) -> deque[_Sent]:
        """A new pool for what a broken one left undone; what was in it too often is given up."""
        self.stop()
        kept: deque[_Sent] = deque()
        for sent in waiting:
            if sent.tries < _TRIES and (_broken(sent) or not _done(sent)):
                kept.append(self._send(sent.call, sent.tries + 1))
            else:
                kept.append(sent if _done(sent) else sent._replace(future=_failed(BrokenProcessPool())))
        return kept

    def _value(self, sent: _Sent) -> Any:
        try:
            return sent.future.result()
        except WriteError:
            raise
        except (TimeoutError, Late):
            return self._timeout(sent.call)
        except MemoryError:
            return self._memory()
        except BrokenProcessPool:
            return Breakdown("crashed", "the processes broke off twice while it was read; try it by itself")
        except ProcessExpired as error:
            if error.exitcode == _OUT_OF_TIME:
                return self._timeout(sent.call)
            return self._memory() if error.exitcode == _OUT_OF_MEMORY else _crash(error.exitcode)
        except Exception as error:
            words = f"the program has a defect that this file brought to light ({type(error).__name__}: {error})"
            return Breakdown("defect", words)

    def _timeout(self, call: Call) -> Breakdown:
        words = f"reading it took over {self.limits.time(call.size):g} s, the limit for one file (--timeout)"
        return Breakdown("timeout", words)

    def _memory(self) -> Breakdown:
        return Breakdown(
            "memory", f"reading it takes over {self.limits.megabytes:,} MB of memory, the limit for one file (--memory)"
        )


def _crash(code: int) -> Breakdown:
    """`code` is negative for a signal."""
    if code == -signal.SIGABRT:
        return Breakdown(
            "crashed", "the reader broke off on it (SIGABRT), as it does when a page takes too much memory (--memory)"
        )
    if code == -getattr(signal, "SIGKILL", 9):
        return Breakdown(
            "crashed",
            "the reader was killed on it (SIGKILL), as a machine does when its memory runs out; try fewer --jobs",
        )
    name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return Breakdown("crashed", f"the reader broke off on it ({name}); the file is damaged, or made to do harm")


def _begin(settings: work.Settings, megabytes: int) -> None:
    """In a child, once. The hard limit stays, so that a tool that a reader calls may have more."""
    work.warm(settings)
    gc.collect()
    gc.freeze()  # what was loaded is shared with the parent as long as nobody writes to it, the collector included
    if sys.platform != "win32":
        signal.set_wakeup_fd(-1)  # the loop of a worker must not be told of the signals of its children
        threading.Thread(target=_outlive_nobody, args=(os.getppid(),), daemon=True).start()
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (_mapped() + (megabytes << 20), hard))


def _outlive_nobody(parent: int) -> None:
    """End this child when its parent is gone: it has the connections of a worker, which seems to live as long as these."""
    while os.getppid() == parent:
        time.sleep(_WATCH)
    os._exit(1)


def _mapped() -> int:
    """Bytes of address space that a child has from its parent: a notebook that has loaded much is no file's fault."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _guarded(seconds: float, function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """In a child, per call. What runs out of time or memory unwinds, so that readers end their tools and clear up.

    The second clock counts the processor's time and ends a child that hangs in C after its parent was killed.
    """
    clocks = hasattr(signal, "setitimer")
    if clocks:
        signal.signal(signal.SIGALRM, _late)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        signal.setitimer(signal.ITIMER_VIRTUAL, (seconds + GRACE) * (os.cpu_count() or 1))
    try:
        return function(*args)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)  # what is left of this child's memory is in pieces
    except Late:
        os._exit(_OUT_OF_TIME)
    finally:
        if clocks:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _late(*_: object) -> None:
    raise Late


def _here(call: Call) -> Future[Any]:
    future: Future[Any] = Future()
    try:
        future.set_result(call.function(*call.args))
    except Exception as error:
        future.set_exception(error)
    return future


def _failed(error: Exception) -> Future[Any]:
    future: Future[Any] = Future()
    future.set_exception(error)
    return future


def _done(sent: _Sent) -> bool:
    return sent.future.done()


def _broken(sent: _Sent) -> bool:
    """Whether the pool broke around a call, and it is worth another try."""
    return sent.tries < _TRIES and _done(sent) and isinstance(sent.future.exception(), BrokenProcessPool)

"""A warmed-up xlperf that runs every command in a forked child: in some milliseconds, free to be killed.

As a script it serves jobs, one line of JSON each; `Warm` is its client.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

KILLED = -9


class Ended(NamedTuple):
    """How a command ended: its exit code or KILLED, what it said, its steps, and how long it took."""

    code: int
    said: str
    steps: list[str]
    seconds: float


class Warm:
    """The client; `warm_up` are commands run once in the server itself."""

    def __init__(self, log: Path, warm_up: Sequence[Sequence[str]], temporary: Path) -> None:
        temporary.mkdir(parents=True, exist_ok=True)
        self._log = log
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(log), json.dumps([list(arguments) for arguments in warm_up])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={
                **os.environ,
                "TMPDIR": str(temporary),
                "PYTHONPATH": os.pathsep.join((str(Path(__file__).parents[1]), str(Path(__file__).parents[2]))),
            },
        )
        assert self._answer() == "ready", log.read_text(encoding="utf-8")

    def run(self, *arguments: object, **job: Any) -> Ended:
        """Run a command. `stop` and `watch`: die at a step under this folder; `after`: be killed after some seconds."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"arguments": list(map(str, arguments)), **job}) + "\n")
        self._process.stdin.flush()
        return Ended(**self._answer())

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def _answer(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, self._log.read_text(encoding="utf-8", errors="replace")
        return json.loads(line)


def serve(log: str, warm_up: list[list[str]]) -> None:
    from xlperf.cli.main import main

    answers = os.fdopen(os.dup(1), "w")
    handle = os.open(log, os.O_RDWR | os.O_CREAT | os.O_APPEND)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    for arguments in warm_up:
        assert main(arguments) in (0, 1), arguments
    sys.stdout.flush()
    print(json.dumps("ready"), file=answers, flush=True)
    for line in sys.stdin:
        os.truncate(handle, 0)
        print(json.dumps(ended(json.loads(line), handle)), file=answers, flush=True)


def ended(job: dict[str, Any], log: int) -> dict[str, Any]:
    reader, writer = os.pipe()
    start = time.perf_counter()
    child = os.fork()
    if not child:
        run(job, writer)
    os.close(writer)
    if "after" in job:
        time.sleep(job["after"])
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reader) as told:
        steps = told.read().split()
    _, status = os.waitpid(child, 0)
    return {
        "code": os.waitstatus_to_exitcode(status),
        "said": os.pread(log, 1_000_000, 0).decode(errors="replace"),
        "steps": steps,
        "seconds": time.perf_counter() - start,
    }


def run(job: dict[str, Any], told: int) -> None:
    """In the child."""
    from crash.steps import Steps

    from xlperf.cli.main import main

    code = 99
    try:
        write = os.write
        if job.get("user"):
            os.setgid(job["user"])
            os.setuid(job["user"])
        if job.get("temporary"):
            import tempfile

            tempfile.tempdir = job["temporary"]
        if job.get("watch"):
            stop = job.get("stop")
            Steps(job["watch"], tuple(stop) if stop else None, lambda name: write(told, f"{name}\n".encode()))
        code = main(job["arguments"])
        sys.stdout.flush()
        sys.stderr.flush()
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 98
    except BaseException:
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    serve(sys.argv[1], json.loads(sys.argv[2]))

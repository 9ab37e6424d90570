"""Reading with worker processes answers what reading without them does, in order, whatever dies on the way."""

from __future__ import annotations

import pickle
from functools import partial
from pathlib import Path

from consolidate import aborting
from consolidate.departments import folder

from xlperf.consolidate.digest import digest
from xlperf.consolidate.lines import Digest, Source
from xlperf.consolidate.readers import read_all
from xlperf.consolidate.sources import sources_in


def test_a_worker_that_dies_costs_one_file(tmp_path: Path) -> None:
    names = [f"{i:02d}.xlsx" for i in range(20)]
    names[7] = "致命.xlsx"
    sources = [Source(tmp_path / name, name) for name in names]

    digests = list(read_all(sources, aborting.read, aborting.lost, workers=2))

    assert [d.file.shown for d in digests] == names
    reasons = [d.file.reason.code for d in digests if d.file.reason]
    assert reasons == ["XPF210"] * 7 + ["XPF201"] + ["XPF210"] * 12


def test_with_and_without_workers(tmp_path: Path) -> None:
    sources = sources_in(folder(tmp_path))
    read = partial(digest, as_of=None)

    def rows(found: Digest) -> tuple[object, ...]:
        """What is in it; equal rows may be pickled in more than one way."""
        return (*found._replace(chunks={}), {title: pickle.loads(chunk) for title, chunk in found.chunks.items()})

    with_workers = read_all(sources, read, aborting.lost, workers=2)
    assert list(map(rows, with_workers)) == [rows(read(source)) for source in sources]

"""Answers calls of VBA functions as xlwings' COM server does on Windows, without COM: one JSON line each way.

The functions, their metadata and the conversion of values are xlwings' own; only the two things its Windows engine does
to values are written again here. Prints the port it listens on. Argument: what to do instead of answering, or nothing.
"""

from __future__ import annotations

import datetime as dt
import json
import socketserver
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import oracle

oracle.load()  # before xlwings' decorators are used

import xlwings  # noqa: E402
from xlwings import conversion  # noqa: E402

MISSING = "<missing>"
COM_ERRORS = {-2146826281: "#DIV/0!", -2146826246: "#N/A", -2146826273: "#VALUE!"}


class Windows:
    """The two conversions of xlwings' engine for Windows (xlwings/_xlwindows.py)."""

    name, type = "excel", "desktop"

    @staticmethod
    def clean_value_data(data: Any, datetime: Any, empty: Any, number: Any, err_to_str: bool) -> list[list[Any]]:
        def clean(value: Any) -> Any:
            if value in ("", None):
                return empty
            if type(value) is int and value in COM_ERRORS:
                return COM_ERRORS[value] if err_to_str else None
            return value

        return [[clean(value) for value in row] for row in data]

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        return "" if value is None else value


def call(module: str, name: str, arguments: list[Any]) -> list[list[Any]]:
    """xlwings' call_udf, for arguments that are values instead of ranges."""
    function = getattr(import_module(module), name)
    about = function.__xlfunc__
    taken = [
        info["optional"] if given == MISSING else conversion.read(None, given, info["options"])
        for info, given in zip(about["args"], arguments, strict=True)
    ]
    return conversion.write(function(*taken), None, about["ret"]["options"])  # type: ignore[no-any-return]


class Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        module, name, arguments = json.loads(self.rfile.readline())
        try:
            if sys.argv[2:] == ["raise"]:
                raise RuntimeError("as the test wants")
            reply: dict[str, Any] = {"answer": call(module, name, [dated(value) for value in arguments])}
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}"}
        with Path(sys.argv[1]).open("a", encoding="utf-8") as log:
            log.write(json.dumps([name, arguments, reply], ensure_ascii=False) + "\n")
        self.wfile.write(json.dumps(reply).encode() + b"\n")


def dated(value: Any) -> Any:
    """The value, a date where the bridge says it is one."""
    if isinstance(value, list):
        return [dated(part) for part in value]
    if isinstance(value, str) and value.startswith("<date>"):
        return dt.datetime(1899, 12, 30) + dt.timedelta(days=float(value.removeprefix("<date>")))
    return value


if __name__ == "__main__":
    engine = xlwings.Engine(impl=Windows())
    xlwings.engines.add(engine)
    xlwings.engines.active = engine
    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()

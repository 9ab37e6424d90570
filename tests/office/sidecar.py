"""Drives one LibreOffice for `calc.py`: requests and answers are JSON lines on stdin and stdout.

Runs under the Python that has LibreOffice's `uno` module, so it imports nothing of this project. The only argument is
a JSON object {"soffice": program, "profile": folder, "extensions": folder or null}.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time


def without_venv(environment):
    """The environment without an activated venv: LibreOffice would look for its own Python's library there."""
    kept = {key: value for key, value in environment.items() if key not in ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH")}
    venv = os.path.join(environment.get("VIRTUAL_ENV", "/nowhere"), "bin")
    kept["PATH"] = os.pathsep.join(f for f in environment.get("PATH", "").split(os.pathsep) if f != venv)
    return kept


ENVIRONMENT = without_venv(os.environ)
ENVIRONMENT.pop("URE_BOOTSTRAP", None)  # `import uno` puts it there, and soffice must not inherit it

import uno  # noqa: E402
from com.sun.star.beans import PropertyValue  # noqa: E402
from com.sun.star.connection import NoConnectException  # noqa: E402

START_SECONDS = 60
STOP_SECONDS = 10
RESTART_REQUESTED = 81  # exit code of soffice.bin after it has set up a fresh profile
PR_SET_PDEATHSIG = 1

XLSX = "Calc MS Excel 2007 XML"
PDF = "calc_pdf_Export"

FORMULAS_WITH_ERROR = 4  # com.sun.star.sheet.FormulaResult.ERROR
ALL_CONTENT = 1 + 2 + 4 + 16  # com.sun.star.sheet.CellFlags: VALUE, DATETIME, STRING, FORMULA

ERRORS = {
    502: "#VALUE!",
    503: "#NUM!",
    504: "#VALUE!",
    519: "#VALUE!",
    521: "#NULL!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}


def properties(**values):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def url(path):
    return uno.systemPathToFileUrl(os.path.abspath(path))


def die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Office:
    """One LibreOffice process and the desktop inside it."""

    def __init__(self, soffice, profile, extensions):
        pipe = f"xlperf{os.getpid()}"
        self.command = [
            soffice,
            f"-env:UserInstallation={url(profile)}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            "--nofirststartwizard",
            f"--accept=pipe,name={pipe};urp;",
        ]
        if extensions:
            self.command.insert(1, f"-env:BUNDLED_EXTENSIONS={url(extensions)}")
        self.start()
        self.context = self.connect(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        self.desktop = self.service("com.sun.star.frame.Desktop")

    def start(self):
        self.process = subprocess.Popen(
            self.command,
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=die_with_parent,
        )

    def connect(self, address):
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                return resolver.resolve(address)
            except NoConnectException:
                if self.process.poll() == RESTART_REQUESTED:
                    self.start()
                elif self.process.poll() is not None:
                    raise RuntimeError(f"soffice ended with code {self.process.returncode}") from None
                time.sleep(0.05)
        raise RuntimeError(f"soffice did not answer within {START_SECONDS} s")

    def service(self, name):
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def open(self, path):
        document = self.desktop.loadComponentFromURL(url(path), "_blank", 0, properties(Hidden=True))
        if document is None:
            raise RuntimeError(f"{path} was not loaded; a stale .~lock file beside it?")
        return document

    def version(self):
        provider = self.service("com.sun.star.configuration.ConfigurationProvider")
        product = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess", properties(nodepath="/org.openoffice.Setup/Product")
        )
        return product.ooSetupVersion

    def stop(self):
        try:
            self.desktop.terminate()
            self.process.wait(STOP_SECONDS)
        except Exception:
            self.process.kill()


def address(column, row):
    letters = ""
    number = column + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def sheet_values(sheet):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    rows = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).DataArray
    values = {
        address(column, row): value
        for row, cells in enumerate(rows)
        for column, value in enumerate(cells)
        if value not in ("", None)
    }
    for area in sheet.queryFormulaCells(FORMULAS_WITH_ERROR).RangeAddresses:
        for row in range(area.StartRow, area.EndRow + 1):
            for column in range(area.StartColumn, area.EndColumn + 1):
                error = sheet.getCellByPosition(column, row).getError()
                values[address(column, row)] = ERRORS.get(error, f"Err:{error}")
    return values


def document_values(document):
    return {name: sheet_values(document.Sheets.getByName(name)) for name in document.Sheets.ElementNames}


def put(document, sets):
    for title, cells in sets.items():
        sheet = document.Sheets.getByName(title)
        for place, value in cells.items():
            cell = sheet.getCellRangeByName(place)
            if sheet.isProtected() and cell.CellProtection.IsLocked:
                raise RuntimeError(f"{title}!{place} is locked")  # LibreOffice would pass over it in silence
            if value is None:
                cell.clearContents(ALL_CONTENT)
            elif isinstance(value, str):
                cell.String = value
            else:
                cell.Value = value


def type_in(office, document, typed):
    """Enter text as a person does: it is parsed, and a locked cell refuses it; into a range as an array formula."""
    dispatcher = office.service("com.sun.star.frame.DispatchHelper")
    controller = document.CurrentController
    for title, cells in typed.items():
        controller.setActiveSheet(document.Sheets.getByName(title))
        for place, entry in cells.items():
            if ":" in place:  # there is no command for Ctrl+Shift+Enter
                document.Sheets.getByName(title).getCellRangeByName(place).setArrayFormula(entry)
                continue
            dispatcher.executeDispatch(controller.Frame, ".uno:GoToCell", "", 0, properties(ToPoint=place))
            dispatcher.executeDispatch(controller.Frame, ".uno:EnterString", "", 0, properties(StringName=entry))


def store(document, to, filter_name):
    document.storeToURL(url(to), properties(FilterName=filter_name))


def answer(office, request):
    operation = request["op"]
    if operation == "version":
        return office.version()
    document = office.open(request["path"])
    try:
        if operation == "pdf":
            return store(document, request["to"], PDF)
        put(document, request.get("sets") or {})
        type_in(office, document, request.get("typed") or {})
        document.calculateAll()
        if request.get("save"):
            store(document, request["save"], XLSX)
        return document_values(document)
    finally:
        document.close(True)


def main():
    office = Office(**json.loads(sys.argv[1]))
    print(json.dumps({"ok": "ready"}), flush=True)
    try:
        for line in sys.stdin:
            try:
                reply = {"ok": answer(office, json.loads(line))}
            except Exception as error:
                reply = {"error": f"{type(error).__name__}: {error}"}
            print(json.dumps(reply), flush=True)
    finally:
        office.stop()


if __name__ == "__main__":
    main()

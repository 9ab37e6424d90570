"""Types into an open workbook and prints what cells then hold, as JSON, without asking for any recalculation.

Runs under the Python that has LibreOffice's `uno` module. The only argument is a JSON object {"soffice": program,
"profile": folder, "extensions": folder, "sidecar": the folder of tests/office/sidecar.py, "book": file,
"typed": {sheet: {cell: entry}}, "read": {sheet: [cell, ...]}}.
"""

from __future__ import annotations

import json
import sys


def main():
    asked = json.loads(sys.argv[1])
    sys.path.insert(0, asked.pop("sidecar"))
    from sidecar import Office, sheet_values, type_in

    book, typed, read = (asked.pop(key) for key in ("book", "typed", "read"))
    office = Office(**asked)
    try:
        document = office.open(book)
        type_in(office, document, typed)
        values = {title: sheet_values(document.Sheets.getByName(title)) for title in read}
        document.close(True)
        print(json.dumps({title: [values[title].get(cell, "") for cell in cells] for title, cells in read.items()}))
    finally:
        office.stop()


if __name__ == "__main__":
    main()

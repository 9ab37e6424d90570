"""Prints the seconds that recalculating an open workbook takes, once per line of a JSON list.

Runs under the Python that has LibreOffice's `uno` module. The only argument is a JSON object {"soffice": program,
"profile": folder, "extensions": folder or null, "sidecar": the folder of tests/office/sidecar.py, "book": file,
"rounds": number}.
"""

from __future__ import annotations

import json
import sys
import time


def main():
    asked = json.loads(sys.argv[1])
    sys.path.insert(0, asked.pop("sidecar"))
    from sidecar import Office

    book, rounds = asked.pop("book"), asked.pop("rounds")
    office = Office(**asked)
    try:
        document = office.open(book)
        seconds = []
        for _ in range(rounds):
            start = time.perf_counter()
            document.calculateAll()
            seconds.append(time.perf_counter() - start)
        document.close(True)
        print(json.dumps(seconds))
    finally:
        office.stop()


if __name__ == "__main__":
    main()

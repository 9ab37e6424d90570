"""What the function wizard shows of our functions: prints {name: description of the function} as JSON.

Runs under the Python that has LibreOffice's `uno` module. The only argument is a JSON object {"soffice": program,
"profile": folder, "extensions": folder, "sidecar": the folder of tests/office/sidecar.py}.
"""

from __future__ import annotations

import json
import sys


def described(office):
    functions = office.service("com.sun.star.sheet.FunctionDescriptions")
    for number in range(functions.Count):
        function = {entry.Name: entry.Value for entry in functions.getByIndex(number)}
        if function["Name"].startswith("XLPERF_"):
            arguments = [
                {"name": argument.Name, "text": argument.Description, "optional": argument.IsOptional}
                for argument in function["Arguments"]
            ]
            yield (
                function["Name"],
                {"text": function["Description"], "category": function["Category"], "arguments": arguments},
            )


def main():
    asked = json.loads(sys.argv[1])
    sys.path.insert(0, asked.pop("sidecar"))
    from sidecar import Office

    office = Office(**asked)
    try:
        print(json.dumps(dict(described(office))))
    finally:
        office.stop()


if __name__ == "__main__":
    main()

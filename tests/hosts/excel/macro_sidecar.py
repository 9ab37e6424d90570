"""`office/sidecar.py` with macros switched on; runs under the same Python."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "office"))
import sidecar

ALWAYS_EXECUTE_NO_WARN = 4  # com.sun.star.document.MacroExecMode


class Office(sidecar.Office):
    """Opens documents with their macros allowed."""

    def open(self, path):
        wanted = sidecar.properties(Hidden=True, MacroExecutionMode=ALWAYS_EXECUTE_NO_WARN)
        return self.desktop.loadComponentFromURL(sidecar.url(path), "_blank", 0, wanted)


sidecar.Office = Office
sidecar.main()

"""Carries calls of VBA functions out of LibreOffice to `udf_host.py`; runs in LibreOffice's own Python."""

import json
import os
import socket

import unohelper
from com.sun.star.task import XJob
from com.sun.star.uno import RuntimeException

SERVICE = "xlperf.tests.Bridge"


def dated(value):
    """What Basic holds of a cell in a date format: days since 1899-12-30, marked as a date."""
    return f"<date>{value.Value}"


class Bridge(unohelper.Base, XJob):
    """One call: execute(NamedValue("call", (module, function, arguments))) → rows of the answer."""

    def __init__(self, context):
        self.context = context

    def execute(self, arguments):
        call = json.dumps(arguments[0].Value, default=dated)
        with socket.create_connection(("127.0.0.1", int(os.environ["XLPERF_UDF_PORT"]))) as connection:
            file = connection.makefile("rw", encoding="utf-8")
            file.write(call + "\n")
            file.flush()
            reply = json.loads(file.readline())
        if "error" in reply:
            raise RuntimeException(reply["error"], self)
        return tuple(tuple(row) for row in reply["answer"])


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Bridge, SERVICE, (SERVICE,))

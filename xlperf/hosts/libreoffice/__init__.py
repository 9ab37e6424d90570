"""The functions in LibreOffice Calc: builds the add-in (.oxt) from the catalog and installs it."""

from xlperf.hosts.libreoffice.installing import find_unopkg, install, installed, uninstall
from xlperf.hosts.libreoffice.package import IDENTIFIER, build_oxt, sources

__all__ = [
    "IDENTIFIER",
    "build_oxt",
    "find_unopkg",
    "install",
    "installed",
    "sources",
    "uninstall",
]

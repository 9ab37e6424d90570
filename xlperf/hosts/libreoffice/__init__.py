"""The functions in LibreOffice Calc: an add-in as one .oxt file, made from the catalog, and its installation."""

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

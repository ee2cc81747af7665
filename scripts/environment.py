"""Make the virtual environment from the locked requirements. Standard library only.

Run by the machine's own Python, before anything is installed. Does nothing when the
environment already holds what the lock says.
"""

import argparse
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
OLDEST = (3, 11)
SAMPLE = "tests/plugins/parvis-bees"
"""A package of plugins that the tests install, as a town would install somebody's."""
# What draws PDFs: the library, and the Debian package it comes in.
DRAWING = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def is_root_on_debian() -> bool:
    """Tell whether ``apt-get`` may be used without asking."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(*packages: str) -> bool:
    """Install Debian packages as root; tell whether it worked."""
    quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    return subprocess.run(command, check=False, **quiet).returncode == 0


def make_venv() -> None:
    """Create ``.venv``, installing Debian's missing piece of Python when allowed to."""
    if find_spec("ensurepip") is None:  # Debian ships it apart
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        print(f"Installing {package}…" if is_root_on_debian() else f"{package} is missing.", flush=True)
        if not is_root_on_debian() or not apt_install(package):
            sys.exit(f"Parvis needs Python's venv module: sudo apt-get install {package}")
    # A folder that is half made (Ctrl-C, full disk) is made again.
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)


def missing_drawing() -> list[str]:
    """List the packages whose library does not load; none on other systems than Linux."""
    missing = []
    for library, package in DRAWING.items() if sys.platform == "linux" else ():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def install_drawing() -> None:
    """Install what draws PDFs, or tell; never fail, for the site works without."""
    missing = missing_drawing()
    if missing and is_root_on_debian():
        print(f"Installing {' '.join(missing)} (once)…", flush=True)
        apt_install(*missing)
        missing = missing_drawing()
    if missing:
        print(f"Receipts will have no PDF. To have them: sudo apt-get install {' '.join(missing)}", flush=True)


def digest(lock: str) -> str:
    """Tell which state of ``lock`` this is."""
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def install(lock: str, and_so: str = "") -> None:
    """Install what ``lock`` names, every file checked against its hash.

    Args:
        lock: file name of the locked requirements.
        and_so: another lock, of which this one holds every line.
    """
    stamps = VENV / ".parvis"
    stamp = stamps / lock
    if stamp.exists() and stamp.read_text() == digest(lock):
        return
    print(f"Installing {lock} (once)…", flush=True)
    command = [str(VENV / "bin" / "pip"), "install", "-qq", "--disable-pip-version-check", "--require-hashes"]
    if subprocess.run([*command, "-r", str(ROOT / lock)], check=False).returncode:
        sys.exit(f"Could not install {lock}: is PyPI, or the mirror pip is set to, reachable?")
    stamps.mkdir(exist_ok=True)
    for name in filter(None, (lock, and_so)):
        (stamps / name).write_text(digest(name))


def install_package(folder: str) -> None:
    """Install a package of the project itself, as anybody would with pip; nothing is downloaded.

    It is built from a copy: pip leaves traces where it builds.

    Args:
        folder: of the package, from the root of the project.
    """
    source, stamp = ROOT / folder, VENV / ".parvis" / Path(folder).name
    files = sorted(path for path in source.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    state = hashlib.sha256(b"".join(str(path.relative_to(source)).encode() + path.read_bytes() for path in files))
    if stamp.exists() and stamp.read_text() == state.hexdigest():
        return
    command = [str(VENV / "bin" / "pip"), "install", "-qq", "--disable-pip-version-check", "--no-index"]
    command += ["--no-deps", "--no-build-isolation", "--force-reinstall"]
    with tempfile.TemporaryDirectory() as beside:
        copy = shutil.copytree(source, Path(beside) / source.name, ignore=shutil.ignore_patterns("__pycache__"))
        if subprocess.run([*command, str(copy)], check=False).returncode:
            sys.exit(f"Could not install {folder}.")
    stamp.write_text(state.hexdigest())


def main() -> None:
    """Read the command line and bring the environment up to date."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dev", action="store_true", help="with the tools of developers")
    options = parser.parse_args()
    if sys.version_info < OLDEST:
        sys.exit(f"Parvis needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.")
    if not (VENV / "bin" / "pip").exists():
        make_venv()
    if options.dev:
        install("requirements-dev.txt", and_so="requirements.txt")
        install_package(SAMPLE)
    else:
        install("requirements.txt")
    install_drawing()


if __name__ == "__main__":
    main()

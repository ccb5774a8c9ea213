"""Files that a person names on the command line."""

from pathlib import Path

from domain.errors.storage import FileAccessError


def read_text(file: Path) -> str:
    """Return the file's text, UTF-8 with or without a byte-order mark. Raises `FileAccessError`."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise FileAccessError(FileAccessError.READ, file=file, reason="UTF-8") from None
    except OSError as error:
        raise FileAccessError(FileAccessError.READ, file=file, reason=error.strerror) from None


def write_text(file: Path, text: str) -> None:
    """Write the file, replacing an existing one. Raises `FileAccessError`."""
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise FileAccessError(FileAccessError.WRITE, file=file, reason=error.strerror) from None


def read_bytes(file: Path) -> bytes:
    """Return the file's bytes. Raises `FileAccessError`."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise FileAccessError(FileAccessError.READ, file=file, reason=error.strerror) from None


def write_bytes(file: Path, content: bytes) -> None:
    """Write the file, replacing an existing one. Raises `FileAccessError`."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise FileAccessError(FileAccessError.WRITE, file=file, reason=error.strerror) from None

"""Where everything is kept: two settings choose the places of the figures and of the workspace.

`JAMFOR_HOME` is the folder that holds everything by default. `JAMFOR_FIGURES` moves the figures:
`sqlite:////srv/jamfor/catalogue.sqlite?values=/srv/jamfor/values` or
`postgresql://user@host/database?values=s3://bucket/prefix`. `JAMFOR_WORKSPACE` is an SQLAlchemy address.
"""

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from domain.errors.storage import HomeNotWritableError, UnreadableSettingError

DEFAULT_HOME: Final = Path(__file__).parent / "kept"
SQLITE: Final = "sqlite:"
POSTGRES: Final = "postgres:"
FIGURES_HINT: Final = (
    "JAMFOR_FIGURES=sqlite:////mapp/katalog.sqlite?values=/mapp/values / "
    "JAMFOR_FIGURES=postgresql://user@host/database?values=s3://bucket/prefix"
)


@dataclass(frozen=True, slots=True)
class FiguresLocation:
    """One lake of figures: `catalogue` is `sqlite:<path>` or `postgres:<dsn>`, `values` a folder or `s3://…`."""

    catalogue: str
    values: str

    @property
    def catalogue_file(self) -> Path | None:
        """The file of an SQLite catalogue, or `None` for PostgreSQL."""
        return Path(self.catalogue.removeprefix(SQLITE)) if self.catalogue.startswith(SQLITE) else None

    @property
    def values_folder(self) -> Path | None:
        """The local folder of the values, or `None` when they lie in an S3-compatible store."""
        return None if "://" in self.values else Path(self.values)

    @property
    def shown(self) -> str:
        """The place in words that may be shown: without user and password."""
        if self.catalogue_file:
            return str(self.catalogue_file)
        return (
            self.catalogue.removeprefix(POSTGRES)
            .split("?")[0]
            .rpartition("@")[2]
            .removeprefix("postgresql://")
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """The places in use. Made-up figures have a lake of their own, so real history never holds any."""

    home: Path
    figures: FiguresLocation
    demonstration: FiguresLocation
    workspace_url: str


def read_settings(home: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings from the environment, with `home` before `JAMFOR_HOME`. Touches no file.

    Raises `UnreadableSettingError`.
    """
    chosen = os.environ if environment is None else environment
    root = (home or Path(chosen.get("JAMFOR_HOME") or DEFAULT_HOME)).expanduser().absolute()
    address = chosen.get("JAMFOR_FIGURES")
    return Settings(
        home=root,
        figures=read_figures_address(address) if address else _local_lake(root / "figures"),
        demonstration=_local_lake(root / "demonstration"),
        workspace_url=_read_workspace_url(
            chosen.get("JAMFOR_WORKSPACE") or f"sqlite:///{root / 'workspace.sqlite'}"
        ),
    )


def read_figures_address(address: str) -> FiguresLocation:
    """The lake that an address such as `sqlite:////file?values=folder` names. Raises `UnreadableSettingError`."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query))
    values = query.pop("values", "")
    if not values or ("://" in values and not values.startswith("s3://")):
        raise UnreadableSettingError(name="JAMFOR_FIGURES", hint=FIGURES_HINT)
    kept_values = values.rstrip("/") if "://" in values else str(Path(values).expanduser().absolute())
    if parts.scheme == "sqlite" and len(parts.path) > 1 and not parts.netloc:
        file = Path(unquote(parts.path[1:])).expanduser().absolute()
        return FiguresLocation(f"{SQLITE}{file}", kept_values)
    if parts.scheme in {"postgresql", "postgres"} and parts.netloc:
        dsn = urlunsplit(("postgresql", parts.netloc, parts.path, urlencode(query), ""))
        return FiguresLocation(f"{POSTGRES}{dsn}", kept_values)
    raise UnreadableSettingError(name="JAMFOR_FIGURES", hint=FIGURES_HINT)


def made_folder(folder: Path) -> Path:
    """The folder, made if absent. Raises `HomeNotWritableError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise HomeNotWritableError(folder=folder, reason=os.strerror(errno.EACCES))
    except OSError as error:
        raise HomeNotWritableError(folder=folder, reason=error.strerror) from error
    return folder


def _local_lake(folder: Path) -> FiguresLocation:
    return FiguresLocation(f"{SQLITE}{folder / 'catalogue.sqlite'}", str(folder / "values"))


def _read_workspace_url(url: str) -> str:
    """Plain `postgresql://` means the driver that the product ships with."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.split("+")[0] not in {"sqlite", "postgresql", "postgres"}:
        raise UnreadableSettingError(
            name="JAMFOR_WORKSPACE",
            hint="JAMFOR_WORKSPACE=sqlite:////mapp/workspace.sqlite / postgresql://user@host/database",
        )
    return f"postgresql+psycopg://{rest}" if scheme in {"postgresql", "postgres"} else url

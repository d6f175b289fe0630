"""How DuckDB is opened here, and how a string is put into its SQL."""

from __future__ import annotations

Config = dict[str, str | bool | int | float | list[str]]
OFFLINE: Config = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
CLOSED: Config = OFFLINE | {
    "enable_external_access": "false",
    "lock_configuration": "true",
}  # the archive and nothing else


def quoted(value: object) -> str:
    """A string as SQL writes it."""
    return "'" + str(value).replace("'", "''") + "'"

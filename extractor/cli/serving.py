"""serve."""

from __future__ import annotations

from typing import Annotated

import typer

from extractor.cli.common import ArchiveArgument, RulesOption, plain_errors, tell


def serve(
    archive: ArchiveArgument,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the loopback address; 0 is any free one.")] = 0,
    rules: RulesOption = None,
) -> None:
    """Look at ARCHIVE, add files to it and correct it, in a browser on this machine; open the address that is printed.

    Nothing leaves the machine: it listens on 127.0.0.1 alone, and every start has a new token in its address.
    """
    from extractor.errors import NoArchive, ReadError

    with plain_errors():
        try:
            from extractor import web
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn", "python_multipart"):
                raise
            raise ReadError("serve", "missing", "it needs the extra: pip install 'extractor[serve]'") from None
        from extractor.archive import Settings, manifest

        if archive.exists() and not (archive / manifest.NAME).is_file() and any(archive.iterdir()):
            raise NoArchive(archive)
        settings = Settings(rules=rules)
        settings.loaded()
        tell(f"{archive}: open this address in a browser on this machine; Ctrl+C ends it")
        web.serve(web.Desk(archive, settings), port, lambda address: typer.echo(address))

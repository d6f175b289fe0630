"""compare."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.common import JobsOption, RulesOption, formats, plain_errors, tell

if TYPE_CHECKING:
    from extractor.archive.gather import Gathered
    from extractor.comparison import Comparison, Step
    from extractor.rules import Rules


def compare(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Reports, results of extract (.json), folders, or archives of results."),
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for comparison.json, comparison.xlsx …")],
    series: Annotated[
        Path | None,
        typer.Option(
            metavar="CSV", help="A list file,series,year (series as 临溪县财政局/部门决算) for what titles do not say."
        ),
    ] = None,
    answers: Annotated[
        bool,
        typer.Option("--answers", help="PATH... is FEEDBACK REPORT: what the report answers to each finding."),
    ] = False,
    reviews: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Verdicts on rows to take in, as serve keeps them: ARCHIVE/comparison.review.json.",
        ),
    ] = None,
    format: Annotated[
        str | None, typer.Option(metavar="LIST", help="What to write beside JSON: html, xlsx; all if not given.")
    ] = None,
    rules: RulesOption = None,
    jobs: JobsOption = None,
) -> None:
    """Lay reports of one body and one kind side by side, year by year, and write what moved into DIR."""
    from extractor.archive import Limits, Settings, progress
    from extractor.archive.gather import gather
    from extractor.comparison import outputs
    from extractor.comparison.summary import summary
    from extractor.reviews import load, settled
    from extractor.terminal import console

    chosen = list(outputs.FILES) if format is None else formats(format, outputs.FILES)
    if answers and (len(paths) != 2 or series or any(path.is_dir() for path in paths)):
        raise typer.BadParameter("--answers takes two files, FEEDBACK and REPORT, and no --series")
    with plain_errors():
        settings = Settings(rules=rules)
        gathered = gather(paths, out, settings, Limits(), jobs, progress.watched)
        for file in gathered.unread:
            tell(f"not read: {file.file}: {file.message}")
        with _steps() as step:
            made = (_answer if answers else _lay)(gathered, series, settings.loaded(), step)
        if reviews:
            made = settled(made, load(reviews))
        written = outputs.write(made, out, chosen)
    console().print(summary(made))
    tell("written: " + ", ".join(map(str, written)))
    raise typer.Exit(1 if gathered.failed else 0)


def _lay(gathered: Gathered, series: Path | None, rules: Rules, step: Step) -> Comparison:
    from extractor.comparison import lay, listing
    from extractor.errors import ReadError

    files = [*(one.file for one in gathered.given), *(one.file for one in gathered.unread)]
    listed = listing.read(series, files) if series else ()
    if not gathered.given:
        raise ReadError("compare", "empty", "no report could be read, so there is nothing to compare")
    return lay(gathered.given, listed=listed, unread=gathered.unread, rules=rules, step=step)


def _answer(gathered: Gathered, series: Path | None, rules: Rules, step: Step) -> Comparison:
    from extractor.comparison import answer
    from extractor.errors import ReadError

    if len(gathered.given) != 2:
        raise ReadError("compare", "empty", f"--answers needs two reports, and {len(gathered.given)} could be read")
    feedback, report = gathered.given
    return answer(feedback, report, rules=rules, step=step)


@contextmanager
def _steps() -> Iterator[Step]:
    """Says in a terminal which step a long comparison is at."""
    from extractor.terminal import console

    with console(stderr=True).status("") as status:
        yield lambda name: status.update(f"comparing: {name}")

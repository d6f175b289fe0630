"""rules check, rules list."""

from __future__ import annotations

import typer

from extractor.cli.common import RulesOption, plain_errors

rules_app = typer.Typer(no_args_is_help=True, help="Look at the rules, or run every rule's own examples.")


@rules_app.command("check")
def rules_check(rules: RulesOption = None) -> None:
    """Run every example of every rule; a wrong one is named with what came out instead."""
    from extractor import rulecheck
    from extractor.rules import load

    with plain_errors():
        loaded = load(rules)
        cases = list(rulecheck.cases(loaded))
        problems = list(rulecheck.problems(cases, loaded))
    for problem in problems:
        typer.echo(f"wrong: {problem}", err=True)
    typer.echo(f"{len(cases)} examples, {len(problems)} wrong")
    raise typer.Exit(1 if problems else 0)


@rules_app.command("list")
def rules_list(rules: RulesOption = None) -> None:
    """List every rule: its file, its id, and its first example."""
    from rich.table import Table

    from extractor import rulecheck
    from extractor.rules import load
    from extractor.terminal import console

    table = Table("file", "rule", "example")
    with plain_errors():
        for file, rule in rulecheck.entries(load(rules)):
            table.add_row(file, rule.id, rule.examples[0].text if rule.examples else "")
    console().print(table)

"""The totals that offices report: problems, done, share, money, papers, people held to account."""

from __future__ import annotations

from collections import Counter

from extractor.found import Outcome
from extractor.records import Report
from extractor.terms import OUTCOME, STATE, STATUS
from extractor.writers.ledger.rows import Row
from extractor.writers.ledger.rulefile import Profile

_JUDGED: tuple[Outcome, ...] = ("holds", "broken", "cannot_tell")


def summary(report: Report, found: list[Row], profile: Profile) -> list[tuple[str, str | int]]:
    """Name and value of each line of the cover. Counts are of what was found, never of what a person decided."""
    first = report.documents[0] if report.documents else None
    states = Counter(row.problem.state for row in found if row.problem and row.problem.state)
    statuses = Counter(measure.status for measure in report.measures)
    outcomes = Counter(check.outcome for check in report.checks)
    return [
        ("报告", first.title if first else ""),
        ("年度", (first.year or "") if first else ""),
        ("文件", report.source.name),
        ("SHA-256", report.source.sha256),
        ("台账样式", profile.id),
        ("问题数", len(report.problems)),
        ("问题状态（原文所称）", "，".join(f"{STATE[s]}{n}" for s in STATE if (n := states[s])) or "原文未逐项载明"),
        ("完成率（原文所称）", _share(states["completed"], sum(states.values()))),
        ("整改措施数", len(report.measures)),
        ("措施状态（据语气）", "，".join(f"{STATUS[s]}{n}" for s in STATUS if (n := statuses[s]))),
        ("涉及追缴清退上缴金额", _money(report)),
        ("形成制度、机构", len({title for measure in report.measures for title in measure.outputs})),
        ("问责处理人次", _people(report)),
        ("自查", "，".join(f"{OUTCOME[name]} {outcomes[name]}" for name in _JUDGED)),
        ("说明", "状态均为报告所称，销号须由人认定；标“待填”的列原文不载，由经办人填写。"),
    ]


def _share(done: int, stated: int) -> str:
    return f"{done}/{stated} = {done / stated:.1%}" if stated else ""


def _money(report: Report) -> str:
    """The sum in 万元 of the amounts recovered or paid back, each counted once."""
    amounts = {s.quantity for measure in report.measures for s in measure.recovered}
    values = [report.quantities[i].value for i in amounts]
    total = sum(value for value in values if isinstance(value, (int, float)))
    return f"{total / 10_000:,.2f} 万元（{len(amounts)} 笔）" if amounts else ""


def _people(report: Report) -> str:
    counted = {s.quantity for measure in report.measures for s in measure.accountable}
    values = [report.quantities[i].value for i in counted]
    return str(sum(value for value in values if isinstance(value, int))) if counted else ""

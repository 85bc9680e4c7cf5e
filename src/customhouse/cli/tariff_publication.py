"""Publication at the command line: the rules that a draft breaks, the second person who publishes it, and the history of editions."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.markup import escape

from customhouse.cli.console import FINDINGS, AsJson, Day, out, print_json
from customhouse.cli.tariff_edition import Folder
from customhouse.cli.tariff_folder import read_folder, write_folder
from customhouse.kernel import Finding, Severity
from customhouse.pipeline import told
from customhouse.tariff import publication

app = typer.Typer()
_SHOWN = 5


@app.command("check")
def check(folder: Folder, *, on: Day = None, as_json: AsJson = False) -> None:
    """Tell every row of the newest edition that breaks a business rule, by the name of the rule."""
    findings = publication.check(read_folder(folder), on=(on or datetime.now(UTC)).date())
    _print(findings, as_json=as_json)
    raise typer.Exit(FINDINGS if any(each.severity is Severity.ERROR for each in findings) else 0)


@app.command("publish")
def publish(folder: Folder, *, by: Annotated[str, typer.Option(metavar="NAME", help="Who publishes it: not its author.")]) -> None:
    """Publish the draft edition: by another person than its author, and only if no rule that stops it is broken."""
    found, at = read_folder(folder), datetime.now(UTC).replace(microsecond=0)
    findings = publication.check(found, on=at.date())
    try:
        published = publication.publish(found, findings, by=by, at=at)
    except publication.BrokenRulesError as refusal:
        _print(refusal.findings, as_json=False)
        out.print(f"[red]refused:[/red] {escape(str(refusal))}")
        raise typer.Exit(FINDINGS) from refusal
    except (publication.FourEyesError, publication.NoDraftError) as refusal:
        out.print(f"[red]refused:[/red] {escape(str(refusal))}")
        raise typer.Exit(FINDINGS) from refusal
    write_folder(folder, published)
    out.print(f"[bold]Edition {published.published} is published[/bold] by {escape(by)}.", highlight=False)


@app.command("editions")
def editions(folder: Folder, *, as_json: AsJson = False) -> None:
    """Tell the editions of a folder: who prepared each from what, who published it, and what it changed."""
    found = read_folder(folder)
    history = []
    for each in found.editions:
        counts = found.counts(each.number)
        added, retired = (sum(getattr(count, name) for count in counts.values()) for name in ("added", "retired"))
        state = "draft" if each.is_draft else "published"
        shown = {"number": each.number, "state": state, "prepared_by": each.prepared_by, "prepared_at": each.prepared_at}
        shown |= {"published_by": each.published_by, "published_at": each.published_at, "source": each.source, "sha256": each.sha256}
        history.append({**shown, "note": each.note, "added": added, "retired": retired})
    if as_json:
        print_json(history)
        return
    for row in history:
        people = f"prepared by {row['prepared_by'] or 'the package'}" + (
            f", published by {row['published_by']}" if row["published_by"] else ""
        )
        changes = f"{row['added']} rows added, {row['retired']} retired"
        line = f"[bold]{row['number']}[/bold] {row['state']}: {escape(people)}; {changes}; {escape(str(row['source']))}"
        out.print(line, highlight=False, soft_wrap=True)


def _print(findings: tuple[Finding, ...], *, as_json: bool) -> None:
    by_rule: defaultdict[str, list[Finding]] = defaultdict(list)
    for each in findings:
        by_rule[each.code].append(each)
    if as_json:
        print_json(
            [
                {
                    "code": code,
                    "rule": publication.rule_name(code),
                    "severity": rows[0].severity.value,
                    "source": told(rows[0])["legal_basis"],
                    "fix": told(rows[0])["fix"],
                    "rows": [{"row": each.pointer, "message": told(each)["message"]} for each in rows],
                }
                for code, rows in by_rule.items()
            ]
        )
        return
    for code, rows in by_rule.items():
        head = f"{rows[0].severity.value} [bold]{code} {escape(publication.rule_name(code))}[/bold]: {len(rows)} rows"
        out.print(f"{head}. {escape(told(rows[0])['fix'])} ({escape(told(rows[0])['legal_basis'])})", highlight=False, soft_wrap=True)
        for each in rows[:_SHOWN]:
            out.print(f"  {escape(told(each)['message'])}", highlight=False, soft_wrap=True)
        if len(rows) > _SHOWN:
            out.print(f"  and {len(rows) - _SHOWN} more, all with --json")
    if not findings:
        out.print("No rule is broken.")

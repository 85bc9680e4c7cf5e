"""Demo: a site with the sample declarations of the country, each shown from message to the state it should reach.

`python -m customhouse_server.demo`; SERVE=0 ends after the printed run, with 0 only if every declaration stands where it should;
PORT names another port than 8000. A second run finds what the first one made.
"""

import datetime as dt
import io
import os
import secrets
import socket
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import django
import msgspec
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from customhouse import messages, pipeline
from customhouse.clearance import Act, State
from customhouse.shipped import shipped
from customhouse.strategy import Form
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import TRADE, Role
from customhouse_server.settings.home import home

if TYPE_CHECKING:
    from customhouse_server.declaration.actions import View

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "customhouse_server.settings")
os.environ.setdefault("CUSTOMHOUSE_PERMISSIONS", str(shipped("frameworks") / "permissions.toml"))
_PLAN, _SCAN = "wco-2016-2019", "wco-2016"
_PEOPLE = {
    "trader": Role.TRADER,
    "broker": Role.BROKER,
    "officer": Role.OFFICER,
    "supervisor": Role.SUPERVISOR,
    "administrator": Role.ADMINISTRATOR,
}
_SIMULATED = 3_000
_HALF_YEAR = 6
out = Console(highlight=False)


class Sample(msgspec.Struct, frozen=True):
    """A sample declaration: its file, what it shows, what its declarant does next, and where it should stand then."""

    file: str
    title: str
    then: tuple[str, ...]
    state: State


@dataclass(frozen=True, slots=True)
class Shipped:
    """The samples of a country, and the folder of their messages."""

    folder: Path
    samples: tuple[Sample, ...]

    def message(self, sample: Sample) -> bytes:
        """The message of a sample, as it would come over the wire."""
        return (self.folder / sample.file).read_bytes()


def main() -> None:
    """Make the demo, show it, and serve it unless SERVE=0."""
    with out.status("Starting the database and the site"):
        django.setup()
        call_command("migrate", verbosity=0)
    from django.conf import settings  # noqa: PLC0415 - the framework is set up first

    shipped = _shipped(settings.COUNTRY)
    password = _password()
    with out.status("Registering the demo people"):
        people = _people(shipped, password)
    _simulated(settings.COUNTRY)
    _capacity(people, shipped)
    _plan(people["administrator"])
    _openness(people)
    _registers(people, shipped)
    reached = [_shown(people, shipped, sample) for sample in shipped.samples]
    out.print(f"\n[bold]{sum(reached)} of {len(reached)}[/bold] sample declarations stand where they should.")
    _measured(people["supervisor"])
    connections.close_all()
    if os.environ.get("SERVE") != "0":
        _serve(password)
    sys.exit(0 if all(reached) else 1)


def _shipped(country: str) -> Shipped:
    folder = shipped("countries") / country / "samples"
    if not folder.is_dir():
        out.print(f"The country package {country} ships no samples.")
        return Shipped(Path(), ())
    written = tomllib.loads((folder / "samples.toml").read_text("utf-8"))
    return Shipped(folder, msgspec.convert(written["samples"], tuple[Sample, ...]))


def _password() -> str:
    """The password of all demo people: drawn once and kept in the home folder for its owner alone."""
    path = home() / "demo_password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9))
    return path.read_text()


def _people(shipped: Shipped, password: str) -> dict[str, Person]:
    """The demo people: those of trade for every declarant of the samples, those of customs for every office named."""
    from customhouse_server.accounts import store  # noqa: PLC0415

    declared = [found for sample in shipped.samples if (found := messages.read(shipped.message(sample)).declaration)]
    parties = tuple(sorted({each.declarant.id for each in declared if each.declarant and each.declarant.id}))
    offices = tuple(sorted({each.declaration_office_id for each in declared if each.declaration_office_id}))
    return {
        name: store.register(
            Person(
                id=0,
                username=name,
                name=name.title(),
                role=role,
                offices=() if role in TRADE or role is Role.ADMINISTRATOR else offices,
                parties=parties if role in TRADE else (),
            ),
            email=f"{name}@example.org",
            password=password,
        )
        for name, role in _PEOPLE.items()
    }


def _capacity(people: dict[str, Person], shipped: Shipped) -> None:
    """Open the sample dossiers of capacity building, where the country ships some."""
    from customhouse_server.development.sample import open_samples  # noqa: PLC0415

    file = shipped.folder / "development.toml"
    if shipped.samples and file.is_file():
        open_samples(file.read_text("utf-8"), owner=people["supervisor"], administrator=people["administrator"], at=timezone.now())


def _plan(administrator: Person) -> None:
    """Load the plan that ships, unless there is one already, so that the pages of plans have something to show."""
    from customhouse_server.strategy import actions  # noqa: PLC0415

    if not actions.listed(administrator):
        text = (shipped("plans") / f"{_PLAN}.toml").read_text("utf-8")
        actions.load(administrator, text, Form.TOML, reason="the plan that ships", at=timezone.now())


def _openness(people: dict[str, Person]) -> None:
    """Load the scan that ships, answer a question of the public and put a draft to it, once, so that these pages have something to show."""
    from customhouse_server.consultation import actions as consultation  # noqa: PLC0415
    from customhouse_server.consultation.store import Draft  # noqa: PLC0415
    from customhouse_server.enquiry import actions as enquiry  # noqa: PLC0415
    from customhouse_server.register import edition  # noqa: PLC0415

    now = timezone.now()
    try:
        edition.load(_SCAN, at=now)
    except edition.ScanThereError:
        return
    receipt = enquiry.ask(enquiry.Asking("documents", "Which papers do I need for ten bicycles?", "en"), at=now)
    answer = "The invoice, and a proof of origin if you claim a preference; the calculator tells the duty of each."
    enquiry.answer(people["officer"], receipt.reference, answer, at=now)
    draft = Draft(
        title="Opening hours on Saturdays",
        text="The sea port opens on Saturdays from 06:00 to 14:00, beginning next year.",
        closes_on=now.date() + dt.timedelta(days=60),
    )
    consultation.open_draft(people["supervisor"], draft, at=now)


def _registers(people: dict[str, Person], shipped: Shipped) -> None:
    """Write the sample entries of the registers, where the country ships some."""
    from customhouse_server.register.sample import write_samples  # noqa: PLC0415

    file = shipped.folder / "registers.toml"
    if shipped.samples and file.is_file():
        write_samples(file.read_text("utf-8"), people, at=timezone.now())


def _shown(people: dict[str, Person], shipped: Shipped, sample: Sample) -> bool:
    """Lodge a sample, do what its declarant does next, print it whole, and say whether it stands where it should."""
    from customhouse_server.clearance import actions as clearance  # noqa: PLC0415
    from customhouse_server.clearance.actions import Doing  # noqa: PLC0415
    from customhouse_server.declaration import actions  # noqa: PLC0415
    from customhouse_server.declaration.lodging import Lodging  # noqa: PLC0415
    from customhouse_server.gateway.submission import submission  # noqa: PLC0415

    body = shipped.message(sample)
    keyed = submission(people["broker"].id, f"demo/{sample.file}", act="demo", body=body)
    answer = actions.lodge(people["broker"], Lodging(body, submission=keyed), at=timezone.now())
    declaration_id = UUID(msgspec.json.decode(answer.body)["id"])
    lodged = actions.view(people["broker"], declaration_id).case
    if "pay" in sample.then and lodged.state is State.ASSESSED:
        paid = clearance.perform(people["broker"], declaration_id, Doing(Act.PAY, amount=lodged.outstanding), at=timezone.now()).case
        if "secure" in sample.then and paid.state is State.PAID:
            clearance.perform(people["broker"], declaration_id, Doing(Act.SECURE, amount=paid.to_secure), at=timezone.now())
    view = actions.view(people["officer"], declaration_id)
    out.print(Panel(f"[bold]{escape(sample.title)}[/bold]\n{sample.file} · {view.record.lrn} · {view.record.mrn or 'no number'}"))
    _print_findings(view)
    _print_taxes(view)
    _print_lane(view)
    expected = State.EXAMINATION_ORDERED if view.case.random_control else sample.state
    reached = view.case.state is expected
    mark = "[green]as it should[/green]" if reached else f"[red]it should be {expected.value}[/red]"
    out.print(f"State: [bold]{view.case.state.value}[/bold], {mark}\n")
    return reached


def _simulated(country: str) -> None:
    """A small made-up year in the event store, so that the pages of performance have something to show; made once, and said on each."""
    from customhouse_server.performance.current import event_store  # noqa: PLC0415

    store = event_store()
    if store.days():
        return
    today = timezone.now().date()
    year = today.year if today.month > _HALF_YEAR else today.year - 1
    size = ["--year", str(year), "--declarations", str(_SIMULATED), "--country", country]
    command = [sys.executable, "-W", "ignore", "-c", "import customhouse.cli; customhouse.cli.main()", "sandbox", "simulate"]
    with out.status(f"Simulating {_SIMULATED:,} declarations of {year}, for the pages of performance"):
        told = subprocess.run([*command, str(store.folder), *size], capture_output=True, text=True, check=False)  # noqa: S603 - our own
    if told.returncode:
        out.print(f"No made-up year: {escape(' '.join(told.stderr.split())[-300:])}")


def _measured(supervisor: Person) -> None:
    """Bring what the samples left in the journal to the event store, work out the indicators, and ask for a study of a quarter."""
    from customhouse.performance import release_time  # noqa: PLC0415
    from customhouse_server.performance import release_study  # noqa: PLC0415
    from customhouse_server.performance.current import event_store  # noqa: PLC0415

    with out.status("Working out the indicators"):
        call_command("export_events", stdout=io.StringIO())
        call_command("compute_indicators", stdout=io.StringIO())
    days = event_store().days()
    if days and not release_study.listed(supervisor):
        start = days[len(days) // 2].replace(month=4, day=1)  # some of the first days and the last may lie in the years beside
        quarter = release_time.Design(
            title="The second quarter",
            start=start,
            end=start.replace(month=7),
            seen_until=start.replace(month=10),
            strata=("office", "lane", "mode"),
            targets={"arrived to released": 48},
        )
        release_study.design(supervisor, release_study.Asked(quarter), at=timezone.now())
    out.print("The indicators are worked out: see Performance on the site, where the year is a made-up one.")


def _print_findings(view: "View") -> None:
    if not view.content.findings:
        out.print("Findings: none")
        return
    table = Table("Rule", "Where", "What is wrong", "What to do", title=f"{len(view.content.findings)} findings", title_justify="left")
    for finding in view.content.findings:
        told = pipeline.told(finding)
        table.add_row(told["code"], escape(told["pointer"]), escape(told["message"]), escape(told["fix"]))
    out.print(table)


def _print_taxes(view: "View") -> None:
    if not view.content.selection or view.case.state is State.REJECTED:
        return
    assessed = view.content.assessment
    for item in assessed.items:
        value = "undetermined" if item.customs_value is None else f"{item.customs_value:f} {assessed.currency}"
        out.print(f"Item {item.sequence}: customs value {value}")
        for line in item.lines:
            payable = line.reason if line.payable is None else f"{line.payable:f}"
            out.print(f"  [bold]{line.tax}[/bold] {escape(payable)} ({line.status.value}): {escape(line.explanation)}")
    out.print(f"Payable in all: [bold]{assessed.totals.payable:f} {assessed.currency}[/bold]")


def _print_lane(view: "View") -> None:
    selection = view.content.selection
    if not view.case.lane or not selection:
        return
    reasons = [f"{hit.title}, item {hit.item}: {hit.instruction}" for hit in selection.hits]
    if selection.random_control:
        reasons.append("drawn at random for control, whatever the profiles say")
    out.print(f"Lane: [bold]{view.case.lane.value}[/bold]" + ("" if reasons else ", no profile hit"))
    for reason in reasons:
        out.print(f"  {escape(reason)}")


def _serve(password: str) -> None:
    from customhouse_server.serve import jobs, serve  # noqa: PLC0415

    port = _free_port(int(os.environ.get("PORT", "8000")))
    table = Table("Sign in as", "Password", "Role", title=f"http://localhost:{port}/", title_justify="left")
    for name, role in _PEOPLE.items():
        table.add_row(name, password, role.value)
    out.print(table)
    out.print("Ctrl-C ends the site; what is in it stays in .customhouse.")
    with jobs():
        serve(host="127.0.0.1", port=port, workers=2)


def _free_port(wanted: int) -> int:
    """The port wanted, or the next one that nobody uses."""
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise OSError(f"no port is free from {wanted} on: name another with PORT=...")


if __name__ == "__main__":
    main()

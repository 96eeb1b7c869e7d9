"""Commands for whoever runs the service: `./run manage COMMAND`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from alembic import command
from flask_security import hash_password
from sqlalchemy.exc import OperationalError, ProgrammingError

from webapp import backups_command, clock, create_app, list_command
from webapp.config import Config, ConfigError, config_from_environment
from webapp.db import begin_one_sight, bind, keep_key, make_engine, own_session
from webapp.models import MatchRun
from webapp.models.accounts import ADMINISTRATOR
from webapp.models.imports import IMPORT_KINDS
from webapp.real_use import refuse_another_key, refuse_demonstration
from webapp.schema_steps import alembic_config
from webapp.services import accounts, audit_check, key_rotation, ranking, retention, retention_words, runs
from webapp.services import demo as demonstration
from webapp.services.errors import Refused
from webapp.services.replay import replaying
from webapp.vault import documents_dir, lists_dir


class Commands(click.Group):
    """Says in words what stops a command, where whoever runs it can mend it; no traceback around that."""

    def invoke(self, ctx: click.Context) -> Any:
        """Do it."""
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            raise click.ClickException(str(error)) from None
        except (OperationalError, ProgrammingError) as error:
            said = str(error.orig).splitlines()[0]
            raise click.ClickException(
                f"The database cannot do this now ({said}). If it is new, run `./run manage migrate` first; if it is "
                "locked, wait until what works with it is done; else see that it runs and DATABASE_URL leads to it."
            ) from None


@click.group(cls=Commands)
def main() -> None:
    """Look after an installation of Caravanserai."""


@main.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    config = config_from_environment()
    command.upgrade(alembic_config(config.database_url, config.data_key), "head")


@main.command(hidden=True)
@click.pass_context
def prepare(context: click.Context) -> None:
    """Make all ready for the first request; one process, because to start one takes seconds."""
    context.invoke(migrate)
    config = connect()
    refuse_demonstration(config)
    refuse_another_key()
    if config.is_demo:
        context.invoke(demo)


@main.command("create-admin")
@click.option("--email", prompt="E-mail")
@click.password_option()
def create_admin(email: str, password: str) -> None:
    """Make an administrator, who then sets up VIOs and invites their coordinators."""
    config = config_from_environment()
    app = create_app(config)
    with app.app_context(), own_session() as session:
        if accounts.find_by_email(session, email):
            raise click.ClickException(f"There is an account for {email} already: sign in, or reset its password.")
        reasons, normal = app.extensions["security"].password_util.validate(password, True, email=email)
        if reasons:
            raise click.ClickException(f"Choose another password: {' '.join(reasons)}")
        accounts.create_account(session, email, hash_password(normal), ADMINISTRATOR, display_name="Administrator")
    click.echo(f"Made. Sign in at {config.base_url}/login")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the accounts as JSON.")
def demo(as_json: bool) -> None:
    """Load the demonstration into an empty database, and print accounts to try it with."""
    config = config_from_environment()
    if not config.is_demo:
        raise click.ClickException("The demonstration is not for production: set CARAVANSERAI_MODE=demo.")
    app = create_app(config)
    with own_session() as session:
        is_new = not demonstration.is_loaded(session)
    if is_new:
        click.echo("Loading the demonstration: 3 VIOs, 40 hosts, 120 assignments, 600 invented people ...", err=True)
        with app.app_context(), own_session() as session:
            demonstration.load(session, hash_password(demonstration.DEMO_PASSWORD))
            ranking.request_everything(session, None, demonstration.SEED)
        runs.carry_out_next(own_session, ranking.rank_queued)
        with own_session() as session:
            demonstration.write_history(session)
        demonstration.learn(own_session)
    with own_session() as session:
        accounts_shown = demonstration.demo_accounts(session)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in accounts_shown], ensure_ascii=False, indent=1))
        return
    click.echo(f"Accounts of the demonstration; the password of each is {demonstration.DEMO_PASSWORD}")
    for one in accounts_shown:
        click.echo(f"  {one.role:14}{one.email:32}{one.vio} {', '.join(one.countries)}".rstrip())


@main.command()
def rank() -> None:
    """Rank all open assignments now, and wait for the result."""
    connect()
    with own_session() as session:
        run_id = ranking.request_everything(session, None).id
    while runs.carry_out_next(own_session, ranking.rank_queued):
        pass
    with own_session() as session:
        state = session.get_one(MatchRun, run_id).state
    if state != "finished":
        raise click.ClickException(f"Run {run_id} is {state}: the log says why.")
    click.echo(f"Run {run_id} is finished.")


@main.command("import")
@click.argument("kind", type=click.Choice(IMPORT_KINDS))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--vio", "vio_name", help="Number or name of the VIO; not needed where there is only one.")
@click.option(
    "--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A JSON file, see data/README.md."
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
def import_list(kind: str, file: Path, vio_name: str | None, mapping: Path | None, dry_run: bool) -> None:
    """Read a list (CSV or XLSX) into a VIO: all rows or none."""
    connect()
    try:
        with own_session() as session:
            report = list_command.import_list(session, kind, file, vio_name, mapping, dry_run)
    except Refused as refused:
        raise click.ClickException(str(refused.words)) from None
    for line in report.lines:
        click.echo(line)
    if not report.is_good:
        raise click.exceptions.Exit(1)


def _noted(_context: click.Context, _option: click.Parameter, said: str | None) -> tuple[int, str] | None:
    """Read NUMBER:HASH."""
    if said is None:
        return None
    number, _, last = said.partition(":")
    if not number.isdecimal() or len(last) != 64:
        raise click.BadParameter("write it as the command printed it, such as 17:9f86…")
    return int(number), last


@main.group()
def audit() -> None:
    """Look after the audit trail."""


@audit.command("verify")
@click.option("--noted", metavar="NUMBER:HASH", callback=_noted, help="An end that was written down before.")
def verify_audit(noted: tuple[int, str] | None) -> None:
    """Say whether the audit trail still is what was written, else the first link that is broken."""
    connect()
    with own_session() as session:
        begin_one_sight(session)
        verdict = audit_check.verify(session, noted)
    if verdict.broken:
        raise click.ClickException(f"Broken. {verdict.broken}")
    click.echo(f"OK: {verdict.events} events. The end is {verdict.events}:{verdict.last}")


@main.command("to-be-cleared")
def to_be_cleared() -> None:
    """Say how much the next night would throw away by each rule; the job does it, at 02:17 UTC."""
    connect()
    for name, number in retention.foresee(own_session, clock.now()).items():
        click.echo(f"{number:8}  {retention_words.RULES[name].text}")


@main.command()
@click.argument("run_id", metavar="RUN", type=int)
def replay(run_id: int) -> None:
    """Make match run RUN again from what was kept of it, and say whether the same bytes come out.

    Ends with 1 where something differs, with 2 where it cannot be made again here.
    """
    connect()
    with own_session() as session:
        begin_one_sight(session)
        run = session.get(MatchRun, run_id)
        if run is None:
            raise click.ClickException(f"There is no run {run_id}.")
        verdict = replaying.replay(session, run)
    for line in verdict.said:
        click.echo(line)
    if verdict.code != replaying.SAME:
        raise click.exceptions.Exit(1 if verdict.code == replaying.DIFFERS else 2)


@main.command("rotate-key")
@click.option("--old-key", envvar="OLD_DATA_KEY", required=True, help="Better in the environment: OLD_DATA_KEY.")
def rotate_key(old_key: str) -> None:
    """Bring what lies encrypted from under OLD_DATA_KEY under DATA_KEY, while the service is stopped.

    Killed on the way, it goes on when it is started again.
    """
    config = connect()
    if not config.hash_key:
        raise click.ClickException("Set HASH_KEY to the DATA_KEY that the service began with, and keep it set.")
    folders = documents_dir(config), lists_dir(config)
    files = [key_rotation.rotate_files(one, old_key, config.data_key) for one in folders]
    try:
        with own_session() as session:
            is_new = key_rotation.rotate_rows(session, old_key, config.data_key)
    except Refused as refused:
        raise click.ClickException(str(refused.words)) from None
    for name, found in zip(("Documents", "Lists that wait"), files, strict=True):
        click.echo(f"{name}: {found.moved} brought under the new key, {found.there} were there.")
    click.echo(
        "Second steps, recovery codes, inputs of runs and sealed words: "
        + ("brought under the new key." if is_new else "were there.")
    )
    unreadable = sum(found.unreadable for found in files)
    if unreadable:
        raise click.ClickException(f"{unreadable} documents or lists can be read under neither key.")


def connect() -> Config:
    """Bind the session to the environment's database, for commands that need no web application."""
    config = config_from_environment()
    keep_key(config.data_key, config.hash_key, config.columns_dir)
    bind(make_engine(config.database_url))
    return config


backups_command.add_to(main)

if __name__ == "__main__":
    main(prog_name="./run manage")

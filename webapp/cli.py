"""Commands for whoever runs the service: `./run manage COMMAND`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from alembic import command
from flask_security import hash_password

from webapp import backups_command, create_app, list_command
from webapp.config import Config, ConfigError, config_from_environment
from webapp.db import bind, keep_key, make_engine, own_session
from webapp.models import MatchRun
from webapp.models.accounts import ADMINISTRATOR
from webapp.models.imports import IMPORT_KINDS
from webapp.schema_steps import alembic_config
from webapp.services import accounts, ranking, runs
from webapp.services import demo as demonstration
from webapp.services.errors import Refused


@click.group()
def main() -> None:
    """Look after an installation of Caravanserai."""


@main.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    command.upgrade(alembic_config(config_from_environment().database_url), "head")


@main.command(hidden=True)
@click.pass_context
def prepare(context: click.Context) -> None:
    """Make all ready for the first request; one process, because to start one takes seconds."""
    context.invoke(migrate)
    if config_from_environment().is_demo:
        context.invoke(demo)
        return
    connect()
    with own_session() as session:
        if demonstration.has_invented_staff(session):
            raise ConfigError(
                "This database holds the demonstration, whose password everybody knows. For real use begin with an"
                " empty one: set DATABASE_URL or DATA_DIR to another place."
            )


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
        runs.carry_out_next(own_session, ranking.rank_everything)
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
        click.echo(f"  {one.role:14}{one.email:32}{one.vio}")


@main.command()
def rank() -> None:
    """Rank all open assignments now, and wait for the result."""
    connect()
    with own_session() as session:
        run_id = ranking.request_everything(session, None).id
    while runs.carry_out_next(own_session, ranking.rank_everything):
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


def connect() -> Config:
    """Bind the session to the environment's database, for commands that need no web application."""
    config = config_from_environment()
    keep_key(config.data_key)
    bind(make_engine(config.database_url))
    return config


backups_command.add_to(main)

if __name__ == "__main__":
    try:
        main(prog_name="./run manage")
    except ConfigError as error:  # what to set is what counts, and no traceback around it
        sys.exit(str(error))

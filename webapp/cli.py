"""Commands for whoever runs the service: `./run manage COMMAND`."""

from __future__ import annotations

import click
from alembic import command
from alembic.config import Config as AlembicConfig
from flask_security import hash_password

from webapp import create_app
from webapp.config import ROOT, Config, config_from_environment
from webapp.db import bind, make_engine, own_session
from webapp.models.accounts import ADMINISTRATOR
from webapp.services import accounts


@click.group()
def main() -> None:
    """Look after an installation of Caravanserai."""


def alembic_config(config: Config) -> AlembicConfig:
    """Return Alembic's settings for this database; setup.cfg says where the migrations lie."""
    settings = AlembicConfig(str(ROOT / "setup.cfg"))
    settings.set_main_option("script_location", str(ROOT / "migrations"))
    settings.attributes["url"] = config.database_url
    return settings


@main.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    command.upgrade(alembic_config(config_from_environment()), "head")


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
        if len(password) < accounts.SHORTEST_PASSWORD:
            raise click.ClickException(f"Choose a password of at least {accounts.SHORTEST_PASSWORD} characters.")
        accounts.create_account(session, email, hash_password(password), ADMINISTRATOR, display_name="Administrator")
    click.echo(f"Made. Sign in at {config.base_url}/login")


def connect() -> Config:
    """Bind the session to the environment's database, for commands that need no web application."""
    config = config_from_environment()
    bind(make_engine(config.database_url))
    return config


if __name__ == "__main__":
    main()

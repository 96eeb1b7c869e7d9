"""The names that all templates have."""

from __future__ import annotations

from flask import Flask

from webapp.page_environment import PageEnvironment


def test_a_template_has_the_names_of_all_and_its_own_and_changes_nobody_elses(app: Flask) -> None:
    assert isinstance(app.jinja_env, PageEnvironment)
    here = PageEnvironment(app)
    here.globals["one"] = "a"
    first = here.from_string("{{ one }}{{ two }}", {"two": "b"})
    assert first.render() == "ab"
    first.globals["one"] = "c"
    assert (first.render(), here.from_string("{{ one }}{{ two }}").render()) == ("cb", "a")


def test_every_name_of_all_is_there_before_the_first_template_is_read(app: Flask) -> None:
    before = set(app.jinja_env.globals)
    app.test_client().get("/")
    assert set(app.jinja_env.globals) == before
    read = app.jinja_env.get_template("base.html")
    assert set(read.globals) == before

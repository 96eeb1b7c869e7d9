"""Addresses that templates ask for: as Flask's own, and none that belongs to one reader is kept."""

from __future__ import annotations

from flask import Flask, g, render_template_string, url_for

from webapp import addresses

WORK = "{{ url_for('coordinator.assignment', assignment_id=one) }}"


def test_addresses_are_those_of_flask_with_and_without_a_folder_before_them(app: Flask) -> None:
    for folder in ("", "/inn", ""):
        with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": folder}):
            assert render_template_string(WORK, one=7) == url_for("coordinator.assignment", assignment_id=7)
            assert render_template_string(WORK, one=7) == f"{folder}/coordinator/assignments/7"
            whole = render_template_string("{{ url_for('public.home', _external=True) }}")
            assert whole == url_for("public.home", _external=True)


def test_an_address_with_the_secret_of_a_link_is_its_own_readers(app: Flask) -> None:
    for token in ("one", "another"):
        with app.test_request_context("/"):
            g.token = token
            assert token in render_template_string("{{ url_for('by_mail.again') }}")


def test_no_secret_of_a_link_and_nothing_typed_stays_in_memory(app: Flask) -> None:
    told = {"public.choose_letters": "token", "coordinator.keep_filter": "text"}
    with app.test_request_context("/"):
        before = addresses._kept.cache_info().currsize
        for endpoint, name in told.items():
            assert "Ann" in render_template_string(
                "{{ url_for(endpoint, **{name: 'Ann'}) }}", endpoint=endpoint, name=name
            )
        assert addresses._kept.cache_info().currsize == before

"""Work in the background. huey forgets a task when its worker dies, so tasks only wake it: what is due is in tables."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from functools import partial

from huey import crontab
from huey.api import Task
from huey.signals import SIGNAL_COMPLETE, SIGNAL_ERROR, SIGNAL_EXECUTING
from sqlalchemy.orm import Session

from webapp import clock, job_links
from webapp.backups import nightly
from webapp.beside import Beside
from webapp.config import ConfigError, config_from_environment
from webapp.db import SESSION_FACTORY, begin_one_sight, bind, keep_key, make_engine, own_session, sweep
from webapp.job_queue import queue_for
from webapp.logs import write_json_lines
from webapp.mail import deliverer
from webapp.real_use import refuse_another_key, refuse_demonstration
from webapp.schema_steps import alembic_config
from webapp.services import (
    audit_check,
    check_in_alarms,
    check_ins,
    clearance_lists,
    clearance_reminders,
    clearances,
    debrief_letters,
    follow_ups,
    learning_runs,
    left_runs,
    letters,
    messages,
    offers,
    ranking,
    retention,
    runs,
    version_comparison,
)
from webapp.services.alumni import endings, invitations, returns
from webapp.services.bars import deciding as bars
from webapp.services.by_mail import asking
from webapp.services.installation import own_version
from webapp.services.recruitment import reference_letters
from webapp.services.reminders import due
from webapp.services.roll_calls import arriving
from webapp.services.safeguarding import (
    call_readers,
    escalation,
    incidents,
    report_reminders,
    routing,
    support_prompts,
)
from webapp.services.stored import refreshing
from webapp.vault import documents_dir, lists_dir
from webapp.watch import jobs as job_notes
from webapp.watch.errors import note_errors

log = logging.getLogger(__name__)

CONFIG = config_from_environment()
huey = queue_for(CONFIG)


@huey.on_startup()
def connect() -> None:
    """Give this worker its database, and its log a form that machines read."""
    if not CONFIG.is_demo:
        write_json_lines()
    keep_key(CONFIG.data_key, CONFIG.hash_key, CONFIG.columns_dir)
    note_errors(CONFIG.data_dir)
    bind(make_engine(CONFIG.database_url))
    try:
        # `./run` has said so already; the jobs may begin here.
        refuse_demonstration(CONFIG)
        refuse_another_key()
    except ConfigError as wrong:
        log.critical(wrong)
        os._exit(1)  # huey would log any exception and go on


@huey.on_startup()
def begin_again() -> None:
    """Let whoever has the turn of the jobs look for what a killed worker left."""
    take_up()


@huey.signal(SIGNAL_EXECUTING, SIGNAL_COMPLETE, SIGNAL_ERROR)
def note(signal: str, task: Task, error: BaseException | None = None) -> None:
    """Write down for the administrator how each job goes."""
    if signal == SIGNAL_EXECUTING:
        job_notes.began(CONFIG.data_dir, task.name, clock.now())
    else:
        job_notes.ended(CONFIG.data_dir, task.name, clock.now(), error)


@huey.task()
def wake() -> None:
    """Do what is due now: links and letters, then what somebody waits for to decide; rankings and learning beside."""
    send_host_links()
    send_letters()
    compare_waiting()
    computing.ask()


@huey.task()
def take_up() -> None:
    """After a start, take up what a killed worker left: one process at a time does tasks, so nobody else is at work."""
    _each(
        lambda session: left_runs.take_up(session, runs.KIND),
        lambda session: left_runs.take_up(session, learning_runs.KIND),
    )
    wake.call_local()


@huey.periodic_task(crontab(minute="*"))
def look_around() -> None:
    """Each minute: put back what a dead worker left, do what a clock has reached, then do what is due."""
    _each(  # who calls for help comes first
        lambda session: escalation.escalate_due(session, clock.now()),
        lambda session: call_readers.remind_due(session, clock.now()),
        lambda session: arriving.ask_due(session, clock.now(), job_links.are_you_safe),
        routing.find_readers,
        incidents.find_readers,
        lambda session: left_runs.requeue_stale(session, runs.KIND),
        lambda session: left_runs.requeue_stale(session, learning_runs.KIND),
        lambda session: offers.expire_due(session, clock.today()),
        lambda session: bars.end_due(session, clock.now()),
        lambda session: check_ins.remind_due(session, clock.today()),
        lambda session: check_in_alarms.remind_due(session, clock.now()),
    )
    wake.call_local()
    refreshing.refresh_beside(own_session, CONFIG.columns_dir)


@huey.periodic_task(crontab(minute="11"))
def ask_supporters() -> None:
    """Each hour: ask supporters to write where it is time, and call to mind reports that nobody has begun."""
    _each(
        lambda session: support_prompts.prompt_due(session, clock.now()),
        lambda session: report_reminders.remind_due(session, clock.now()),
    )
    send_letters()


@huey.periodic_task(crontab(hour="5", minute="47"))
def tell_of_messages() -> None:
    """Each morning: write to those who have new messages in a placement how many."""
    with own_session() as session:
        messages.send_digests(session)
    send_letters()


@huey.periodic_task(crontab(hour="2", minute="17"))
def clear_out() -> None:
    """Each night: throw away what is kept no longer."""
    thrown = retention.clear(own_session, clock.now(), lists_dir(CONFIG), documents_dir(CONFIG))
    log.info("thrown away", extra={"facts": thrown})
    refreshing.refresh_beside(own_session, CONFIG.columns_dir, whole=True)
    sweep(SESSION_FACTORY.kw["bind"])


@huey.periodic_task(crontab(hour="3", minute="47"))
def check_audit() -> None:
    """Each night: follow the audit trail from its first event to its end."""
    with own_session() as session:
        begin_one_sight(session)
        verdict = audit_check.verify(session)
    if verdict.broken:
        log.error("the audit trail is broken", extra={"facts": {"why": verdict.broken}})
    else:
        log.info("the audit trail is whole", extra={"facts": {"events": verdict.events, "end": verdict.last}})


@huey.periodic_task(crontab(hour="3", minute="37"))
def back_up() -> None:
    """Each night, after what is kept no longer is gone: make a backup, and try it out."""
    engine = make_engine(CONFIG.database_url)
    try:
        made = nightly.back_up(
            CONFIG, engine, partial(alembic_config, data_key=CONFIG.data_key), clock.now(), own_version()
        )
    finally:
        engine.dispose()
    log.info("backed up", extra={"facts": {"rows": made.rows, "bytes": made.size}})


@huey.periodic_task(crontab(hour="4", minute="27"))
def look_at_clearances() -> None:
    """Each night: bring lists up to date, mark what has run out, and remind of what is due."""
    _each(
        clearance_lists.complete_all,
        lambda session: clearances.expire_due(session, clock.today()),
        lambda session: clearance_reminders.send_due(session, clock.today()),
    )
    send_letters()


@huey.periodic_task(crontab(hour="3", minute="7"))
def look_for_better_weights() -> None:
    """Each night: look at the decisions again where enough were made. A proposal waits for a coordinator."""
    with own_session() as session:
        queued = learning_runs.look(session)
    log.info("looks at decisions queued", extra={"facts": {"queued": queued}})
    computing.ask()


@huey.periodic_task(crontab(minute="37"))
def remind() -> None:
    """Each hour: remind whoever holds something up, and tell whoever waits. Each reminder goes once."""
    done = due.send_due(own_session, clock.today())
    log.info("reminded", extra={"facts": done})
    send_letters()


@huey.periodic_task(crontab(hour="7", minute="7"))
def remind_referees() -> None:
    """Each morning: remind, once, who was asked for a reference a week ago."""
    with own_session() as session:
        reminded = reference_letters.remind_due(session, clock.now(), job_links.reference)
    log.info("reminded of references", extra={"facts": {"reminded": reminded}})
    send_letters()


@huey.periodic_task(crontab(hour="7", minute="17"))
def ask_how_it_was() -> None:
    """Each morning: ask both sides of a placement in its last week how it was, and remind once after its end."""
    _each(
        lambda session: debrief_letters.ask_due(session, clock.today()),
        lambda session: debrief_letters.remind_due(session, clock.now()),
        lambda session: follow_ups.ask_due(session, clock.now(), job_links.follow_up),
    )
    send_letters()


@huey.periodic_task(crontab(hour="6", minute="27"))
def stay_in_touch() -> None:
    """Each morning: offer to join the alumni, tell of openings, and end mentoring whose time is over."""
    _each(
        lambda session: endings.end_due(session, clock.now()),
        lambda session: invitations.offer_due(session, clock.now()),
        lambda session: returns.tell_due(session, clock.today(), job_links.opening, job_links.profile()),
    )
    send_letters()


def _each(*steps: Callable[[Session], object]) -> None:
    """Do each step in a transaction of its own; one that fails is logged and keeps no other from its turn."""
    for step in steps:
        try:
            with own_session() as session:
                step(session)
        except Exception:
            log.exception("a step in the background failed")


def send_host_links() -> None:
    """Write the letters with links to hosts that have no account."""
    _each(lambda session: asking.send_due(session, job_links.host))


def send_letters() -> None:
    """Send what waits in the outbox."""
    letters.send_waiting(own_session, deliverer(CONFIG))


def compare_waiting() -> None:
    """Work out what versions that people made would change, until none waits for it."""
    while version_comparison.work_out_next(own_session):
        pass


def _compute() -> None:
    rank_waiting()
    learn_waiting()


computing = Beside(_compute)  # a ranking of everything takes minutes


def rank_waiting() -> None:
    """Carry out queued match runs, one after the other, until none waits."""
    while runs.carry_out_next(own_session, ranking.rank_queued):
        pass


def learn_waiting() -> None:
    """Carry out queued looks at the decisions, one after the other, until none waits."""
    while learning_runs.carry_out_next(own_session):
        pass

"""Versions of the score: proposed by learning or by people, let in or turned down by a coordinator, rolled back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import ScoreModel, User, Vio
from webapp.services import audit, learning, learning_preview, models_in_force, ranking
from webapp.services.errors import NotFound, Refused
from webapp.services.learning import Outcome
from webapp.services.moves import move
from webapp.words import lazy

MOST_COUNTRY_PERCENT = 40


def versions_of(session: Session, account: User) -> list[ScoreModel]:
    """Return every version of the account's VIO, newest first."""
    mine = select(ScoreModel).where(ScoreModel.vio_id == account.vio_id)
    return list(session.scalars(mine.order_by(ScoreModel.version.desc())))


def version_of(session: Session, account: User, version_id: int) -> ScoreModel:
    """Return a version of the account's VIO."""
    mine = (ScoreModel.id == version_id, ScoreModel.vio_id == account.vio_id)
    found = session.scalar(select(ScoreModel).where(*mine)) if account.vio_id else None
    if found is None:
        raise NotFound
    return found


def waiting(session: Session, vio_id: int | None) -> ScoreModel | None:
    """Return the proposal that waits for a decision; of the shared ones, the one that lends its weights."""
    mine = ScoreModel.vio_id.is_(None) if vio_id is None else ScoreModel.vio_id == vio_id
    return session.scalar(select(ScoreModel).where(mine, ScoreModel.state == "proposed"))


def propose(
    session: Session,
    actor: User | None,
    vio_id: int | None,
    outcome: Outcome,
    origin: str = "learned",
    preview: dict[str, Any] | None = None,
) -> ScoreModel:
    """Keep a new version that waits for a decision; one that waited before makes room. The score stays as it is."""
    _hold(session, vio_id)
    _make_room(session, vio_id)
    mine = ScoreModel.vio_id.is_(None) if vio_id is None else ScoreModel.vio_id == vio_id
    number = (session.scalar(select(func.max(ScoreModel.version)).where(mine)) or 0) + 1
    made = ScoreModel(
        vio_id=vio_id,
        version=number,
        kind=outcome.kind,
        origin=origin,
        parameters=outcome.parameters,
        fingerprint=outcome.fingerprint,
        weights=outcome.weights,
        figures=outcome.figures,
        preview=preview or {},
        state="proposed",
        proposed_at=clock.now(),
    )
    session.add(made)
    audit.record(session, actor, "score_model_proposed", made, vio_id, version=number, origin=origin)
    return made


def approve(session: Session, account: User, version: ScoreModel, reason: str) -> None:
    """Let a proposal in, with a reason: from now on it scores, and everything is ranked anew."""
    _check_reason(reason)
    _check_waits(session, version)
    if not learning_preview.is_ready(version):
        raise Refused(lazy("What this version would change is not worked out yet; nobody can let it in unseen."))
    _retire(session, account, version.vio_id)
    _decide(session, account, version, "approved", reason)
    ranking.rank_with_new_scores(session, account)


def reject(session: Session, account: User, version: ScoreModel, reason: str) -> None:
    """Turn a proposal down, with a reason; nothing changes."""
    _check_reason(reason)
    _check_waits(session, version)
    _decide(session, account, version, "rejected", reason)


def roll_back(session: Session, account: User, version: ScoreModel) -> None:
    """Put a version in force again that was so before; what was compared with today's has to be asked for again."""
    _hold(session, version.vio_id)
    session.refresh(version)
    if version.state == "approved":
        raise Refused(lazy("This version is in force already. What you sent changed nothing."))
    if version.state != "retired":
        raise Refused(lazy("Only a version that was in force before can be put back."))
    _make_room(session, version.vio_id)
    _retire(session, account, version.vio_id)
    _decide(session, account, version, "approved", version.reason)
    ranking.rank_with_new_scores(session, account)


def hold_in_force(session: Session, vio_id: int) -> ScoreModel | None:
    """Return the version in force for a VIO, which nobody changes before this transaction ends."""
    _hold(session, vio_id)
    return models_in_force.of_vio(session, vio_id)


def back_to_default(session: Session, account: User) -> None:
    """Rank with the weights of the installation again."""
    _hold(session, account.vio_id)
    if models_in_force.of_vio(session, account.vio_id or 0) is None:
        raise Refused(lazy("The weights of the installation are in force already. What you sent changed nothing."))
    _make_room(session, account.vio_id)
    _retire(session, account, account.vio_id)
    ranking.rank_with_new_scores(session, account)


def propose_country_weight(session: Session, account: User, percent: int, reason: str) -> ScoreModel:
    """Propose a version in which the country weighs `percent` of 100: people set this, not learning.

    The other criteria keep their proportions. The reason stands on its page, for whoever lets it in.
    """
    _check_reason(reason)
    if account.vio_id is None:
        raise NotFound
    if not 0 <= percent <= MOST_COUNTRY_PERCENT:
        raise Refused(lazy("Choose a share from 0 to %(most)s percent.", most=MOST_COUNTRY_PERCENT))
    _hold(session, account.vio_id)
    in_force = models_in_force.of_vio(session, account.vio_id)
    if round(100 * learning.weights_of(in_force)["country"], 6) == percent:
        raise Refused(lazy("The country has this weight already."))
    made = _propose_by_hand(session, account, learning.with_country_weight(in_force, percent / 100), "people")
    made.reason = reason.strip()
    return made


def take_over_shared(session: Session, account: User) -> ScoreModel:
    """Propose the shared version to the account's VIO; a coordinator still has to let it in."""
    shared = models_in_force.shared(session)
    if shared is None or account.vio_id is None:
        raise Refused(lazy("There are no shared weights yet."))
    _hold(session, account.vio_id)
    outcome = learning.taken_over(shared, models_in_force.of_vio(session, account.vio_id))
    return _propose_by_hand(session, account, outcome, "shared")


def _propose_by_hand(session: Session, account: User, outcome: Outcome, origin: str) -> ScoreModel:
    """Keep a version that people made; what it would change is worked out in the background."""
    made = propose(session, account, account.vio_id, outcome, origin=origin)
    session.info["wake"] = True
    return made


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(lazy("Say why; the reason stays with the version."))


def _check_waits(session: Session, version: ScoreModel) -> None:
    """Refuse where somebody else, or something newer, was faster; say who or what."""
    _hold(session, version.vio_id)
    session.refresh(version)
    if version.state == "proposed":
        return
    who = version.decided_by.display_name or version.decided_by.email if version.decided_by else ""
    if not who:
        raise Refused(
            lazy(
                "This version waits no more: a newer proposal, or a change of what is in force, took its place. Look "
                "at your decisions again to have one compared with what counts now."
            )
        )
    if version.state == "rejected":
        raise Refused(lazy("%(who)s has turned this version down already. What you sent changed nothing.", who=who))
    raise Refused(lazy("%(who)s has let this version in already. What you sent changed nothing.", who=who))


def _hold(session: Session, vio_id: int | None) -> None:
    """Let one change of what counts for a VIO wait for the other, so that the second sees what the first did."""
    session.execute(select(Vio.id).where(Vio.id == vio_id).with_for_update(key_share=True))


def _make_room(session: Session, vio_id: int | None) -> None:
    """Close a proposal that waits: it was compared with what is in force no more."""
    standing = waiting(session, vio_id)
    if standing is not None:
        standing.decided_at = clock.now()
        move(session, None, standing, "rejected", by="newer")


def _retire(session: Session, account: User, vio_id: int | None) -> None:
    standing = models_in_force.of_vio(session, vio_id) if vio_id is not None else None
    if standing is not None:
        move(session, account, standing, "retired")


def _decide(session: Session, account: User, version: ScoreModel, state: str, reason: str) -> None:
    version.decided_by_id, version.decided_at, version.reason = account.id, clock.now(), reason.strip()
    move(session, account, version, state, version=version.version)

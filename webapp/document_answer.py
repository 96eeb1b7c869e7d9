"""Give a document to somebody who may open it; that it was opened is written down first."""

from __future__ import annotations

from flask import Response, current_app

from webapp.db import own_session
from webapp.models import ClearanceDocument, User
from webapp.services import documents
from webapp.services.document_types import ENDINGS
from webapp.services.errors import Refused
from webapp.vault import Unreadable, Vault, vault_of
from webapp.words import lazy


def vault() -> Vault:
    """Return where this installation keeps documents."""
    return vault_of(current_app.extensions["config"])


def answer(account: User, document: ClearanceDocument) -> Response:
    """Return the file to keep, never to show within the site, under a name of ours and not the sender's."""
    with own_session() as own:  # a look stays written down whatever becomes of this request
        documents.note_look(own, account.id, document.id)
    try:
        data = vault().get(document.stored_as)
    except Unreadable as error:
        raise Refused(lazy("The file cannot be read any more. Ask for it once more.")) from error
    response = Response(data, content_type=document.media_type)
    name = f"{document.clearance.item}-{document.id}.{ENDINGS[document.media_type]}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

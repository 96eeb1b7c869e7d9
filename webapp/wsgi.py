"""What gunicorn serves: the application under the environment's configuration, with its background queue."""

from __future__ import annotations

from webapp import create_app
from webapp.jobs import CONFIG, huey, wake
from webapp.logs import write_json_lines
from webapp.real_use import refuse_another_key, refuse_demonstration
from webapp.services import linking
from webapp.watch.errors import note_errors

if not CONFIG.is_demo:  # a trial's terminal shows addresses and accounts, not a line for each request
    write_json_lines()
note_errors(CONFIG.data_dir)
app = create_app(CONFIG, wake=wake)
# `./run` has said so already; another server may begin here.
refuse_demonstration(CONFIG)
refuse_another_key()
app.extensions["queue_length"] = huey.pending_count
linking.prepare()

"""What gunicorn serves: the application under the environment's configuration, with its background queue."""

from __future__ import annotations

from webapp import create_app
from webapp.jobs import CONFIG, wake

app = create_app(CONFIG, wake=wake)

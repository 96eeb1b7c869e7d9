"""Alumni: who has completed a placement may mentor newcomers, be asked, and return; each by a tick of their own."""

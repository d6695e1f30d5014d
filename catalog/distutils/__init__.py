"""The retired build tools of Python's library: models take its version comparison from here."""

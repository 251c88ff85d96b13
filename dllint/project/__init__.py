"""Which files a run is about: found, prefiltered, and linked by their imports. Nothing here parses Python."""

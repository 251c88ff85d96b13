"""How a report is written: each format is one function of it."""

"""Fixes: what a rule wants changed, the edits that change it, and files written only when they are better for it."""

"""Finders: what stands in a text, from rules; each gets the spans that are taken already."""

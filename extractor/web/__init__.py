"""The local application: an archive to look at, to add to and to correct, in a browser on this machine.

It listens on the loopback address alone. Every page is made here and holds all it needs, so that it can be read
without a script; what a form changes is a verdict (`extractor.reviews`) or a file that was dropped in.
"""

from extractor.web.application import application
from extractor.web.desk import Desk
from extractor.web.serving import serve

__all__ = ["Desk", "application", "serve"]

"""The ground that every HTML page stands on: one file, Chinese, no network, readable without a script.

A page is a template that extends `pages/base.html` and fills its blocks; `render` gives it the style sheet, its script
and a Content-Security-Policy that lets in only these two, by their hashes:

    {% extends "pages/base.html" %}
    {% block title %}…{% endblock %}   {% block main %}…{% endblock %}

    render("writers/page/review.html", ("pages/style.css", "writers/page/review.css"), ("writers/page/review.js",), …)

Names of templates are paths inside the package. Everything printed is escaped; what is undefined is an error; control
characters are shown as their pictures. A `style="…"` attribute is refused by the policy: use a class, or an attribute
of SVG. Addresses may only be `#…` (a place in the page) or made by the program itself, never words of a file.

Charts (`extractor.pages.charts`) are inline SVG or tables without a script, and are known to every template, each a
function that returns markup:

    bars(rows, parts)           categories, each with counts by status; also plain bars with one part
    line(figure)                one figure over years
    multiples(figures)          many of them, small, each on its own scale
    slopes(rows, left, right)   from one year to another, all of one unit
    year_grid(rows, years, …)   what is there in each year, by a class and a word
    calendar(acts, parts)       dated acts in the months of their years

The style sheet holds the design: `--date`, `--quantity`, `--problem`, `--measure`, `--heading`, `--table` and `--noise`
(each with a `-ground` to print on) are the kinds of records, `--good`, `--open`, `--plan`, `--bad` and `--none` the states;
`chip`, `card`, `facts`, `grid`, `button` and `quiet` are the classes to build with.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from extractor.pages import charts
from extractor.pages.environment import environment

_CHARTS: dict[str, Any] = {name: getattr(charts, name) for name in charts.__all__ if name.islower()}


@lru_cache
def asset(path: str) -> str:
    """A style sheet or script of the package."""
    return files("extractor").joinpath(path).read_text("utf-8")


def render(
    template: str, styles: Sequence[str] = (), scripts: Sequence[str] = (), *, connect: bool = False, **context: Any
) -> bytes:
    """A page as UTF-8. `connect` lets its script and forms speak to the program that served it, and no further."""
    style, script = ("\n".join(asset(path) for path in paths) for paths in (styles, scripts))
    page = environment().get_template(template)
    own = {"style": Markup(style), "script": Markup(script), "policy": policy(style, script, connect=connect)}
    return page.render(_CHARTS | context | own).encode()


def policy(style: str, script: str, *, connect: bool = False) -> str:
    """The Content-Security-Policy of a page with this style sheet and script."""
    allowed = {"style-src": style, "script-src": script}
    parts = [
        "default-src 'none'",
        "img-src data:",
        "base-uri 'none'",
        "form-action " + ("'self'" if connect else "'none'"),
    ]
    parts += [f"{name} 'sha256-{_hash(text)}'" if text else f"{name} 'none'" for name, text in allowed.items()]
    return "; ".join(parts + ["connect-src 'self'"] * connect)


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()

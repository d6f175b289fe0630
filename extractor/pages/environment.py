"""The one Jinja2 environment: templates of the whole package, escaped, strict, and nothing printed that is not to be seen."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

# C0 and DEL as their pictures, but for tab and line end; C1, surrogates and marks that turn the direction of print
_SHOWN = {
    **{code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)},
    0x7F: 0x2421,
    **dict.fromkeys([*range(0x80, 0xA0), *range(0xD800, 0xE000), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD),
}  # fmt: skip


def shown(value: Any) -> Any:
    """A string as it can be printed in a page, one character for one."""
    return value.translate(_SHOWN) if isinstance(value, str) and not isinstance(value, Markup) else value


@lru_cache(1)
def environment() -> Environment:
    """Names of templates are paths inside the package."""
    return Environment(
        loader=PackageLoader("extractor", ""), autoescape=True, undefined=StrictUndefined, finalize=shown,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip

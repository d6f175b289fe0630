"""Web pages, RTF and Markdown: tags, groups and marks in any order, with text of reports between them."""

from __future__ import annotations

from random import Random

from . import texts
from .broken import corrupt, encoded, maybe, number

TAGS = ("p", "div", "span", "table", "tr", "td", "th", "tbody", "ul", "ol", "li", "h1", "h2", "br", "hr", "b", "strong", "i", "a", "font", "form", "select", "option", "script", "style", "title", "body", "html", "head", "article", "section", "pre", "center", "noscript", "svg", "math", "template", "textarea", "iframe", "dl", "dt", "dd", "blockquote", "img", "input", "button", "sup", "o:p", "x-y", "caption", "col")  # fmt: skip


STYLES = (
    "display:none",
    "display:block",
    "font-weight:bold",
    "font-weight:999999",
    "text-align:center",
    "visibility:hidden",
    "white-space:pre",
    "font-size:16pt",
    "font-size:1e99px",
    "color",
    ":;:;",
    "display:none !important",
    "list-style-type:cjk-ideographic",
)


MARKUP = (
    "<!--", "-->", "<!-- x -->", "<![CDATA[", "]]>", "<?xml?>", "</", "<", "&", "&#0;", "&#xD800;", "&#x110000;",
    "&nbsp;", "&lt;", "<!", "\0", "<p/>", "<br/>",
)  # fmt: skip


def web(r: Random) -> bytes:
    """Tag soup with text in it, and what sites put around it."""
    made, opened = ["<!DOCTYPE html><html><head>" if r.random() < 0.5 else "<html>"], []
    made.append(
        r.choice(
            (
                "",
                '<meta charset="gb2312">',
                '<meta charset="utf-8">',
                '<meta http-equiv="Content-Type" content="text/html; charset=big5">',
                '<meta charset="x">',
                '<meta name="ArticleTitle" content="整改报告"><meta name="PubDate" content="2023-02-30">',
            )
        )
    )
    made.append(f"<title>{texts.word(r)}整改报告-某局</title></head><body>")
    for _ in range(r.choice((4, 12, 30, 60))):
        how = r.random()
        if how < 0.4:
            tag = r.choice(TAGS)
            opened.append(tag)
            made.append(f"<{tag}{_attributes(r)}>" * r.choice((1, 1, 1, 1, 2, 50 if r.random() < 0.02 else 1)))
        elif how < 0.6 and opened:
            made.append(f"</{opened.pop() if r.random() < 0.8 else r.choice(TAGS)}>")
        elif how < 0.65:
            made.append(r.choice(MARKUP))
        elif how < 0.7:
            made.append(f"<table>{''.join(f'<tr>{_web_cells(r)}</tr>' for _ in range(r.randint(0, 4)))}</table>")
        else:
            made.append(r.choice((texts.sentence, texts.heading, texts.problem, texts.noise, texts.table))(r))
    whole = "".join(made)
    data = encoded(r, whole)
    return corrupt(r, data) if r.random() < 0.2 else data


def _attributes(r: Random) -> str:
    return (
        maybe(r, 0.3, f' style="{r.choice(STYLES)};{r.choice(STYLES)}"')
        + maybe(
            r, 0.2, f' class="{r.choice(("content", "article", "nav", "footer", "TRS_Editor", "zoom", "breadcrumb"))}"'
        )
        + maybe(
            r,
            0.1,
            f' {r.choice(("start", "type", "value", "colspan", "rowspan", "hidden", "id", "align"))}="{number(r)}"',
        )
    )


def _web_cells(r: Random) -> str:
    return "".join(
        f"<{r.choice(('td', 'td', 'th'))}{maybe(r, 0.3, f' colspan={number(r)}')}{maybe(r, 0.3, f' rowspan={number(r)}')}>{r.choice((texts.word, texts.quantity, texts.date))(r)}"
        for _ in range(r.randint(0, 5))
    )


def mhtml(r: Random) -> bytes:
    edge = r.choice(("b", "----=_x", ""))
    page = web(r)
    heads = r.choice(
        (
            "",
            "Content-Transfer-Encoding: quoted-printable\r\n",
            "Content-Transfer-Encoding: base64\r\n",
            "Content-Transfer-Encoding: x\r\n",
            "Content-Location: http://a.cn/\r\n",
        )
    )
    kind = f"text/html; charset={r.choice(('utf-8', 'gb2312', 'x', ''))}"
    made = (
        f'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="{edge}"; type="text/html"\r\n\r\n--{edge}\r\nContent-Type: {kind}\r\n{heads}\r\n'.encode()
        + page + f"\r\n--{edge}--\r\n".encode()
    )  # fmt: skip
    return corrupt(r, made) if r.random() < 0.3 else made


CONTROLS = ("par", "pard", "b", "b0", "i", "plain", "u", "uc", "f", "fs", "trowd", "cell", "row", "intbl", "cellx", "clmgf", "clmrg", "clvmgf", "clvmrg", "itap", "nestcell", "nestrow", "tab", "line", "page", "v", "v0", "deleted", "ls", "ilvl", "outlinelevel", "qc", "s", "cs", "loch", "hich", "dbch", "af", "afs", "ab", "cpg", "ansicpg", "bin", "fcharset", "sect", "~", "_", "-", "*", "emdash", "lquote", "rquote", "ldblquote", "bullet", "upr", "ud", "shptxt", "x")  # fmt: skip


GROUPS = (
    "fonttbl",
    "stylesheet",
    "info",
    "header",
    "footer",
    "footnote",
    "annotation",
    "pict",
    "object",
    "field",
    "fldinst",
    "fldrslt",
    "listtext",
    "pntext",
    "listtable",
    "listoverridetable",
    "shp",
    "shptxt",
    "nonesttables",
    "nesttableprops",
    "*\\generator",
    "*\\x",
    "title",
    "author",
    "upr",
    "*\\ud",
    "colortbl",
    "f0\\fcharset134 x;",
)


ODD = (
    "\\'zz", "\\'", "\\u55357?", "\\u56832?", "\\u99999999?", "\\bin5 {{{{{", "\\", "\r\n", "\0", "raw \x81\x40",
)  # fmt: skip


def rtf(r: Random) -> bytes:
    made = ["{\\rtf1\\ansi\\ansicpg" + r.choice(("936", "936", "950", "65001", "1252", "0", "99999999"))]
    for _ in range(r.choice((5, 20, 60))):
        how = r.random()
        if how < 0.35:
            made.append(
                f"\\{r.choice(CONTROLS)}{r.choice(('', '', '0', '1', '2', '134', '-1', '32768', '9999999999'))} "
            )
        elif how < 0.45:
            made.append("{\\" + r.choice(GROUPS) + " ")
        elif how < 0.6:
            made.append("}" if r.random() < 0.8 else "{" * r.choice((1, 30)))
        elif how < 0.75:
            made.append("".join(f"\\'{byte:02x}" for byte in texts.word(r).encode("gb18030")[: r.randint(1, 20)]))
        elif how < 0.9:
            made.append(
                "".join(
                    f"\\u{ord(char) if ord(char) < 32768 else ord(char) - 65536}?"
                    for char in texts.sentence(r)
                    if ord(char) < 65536
                )
            )
        else:
            made.append(r.choice(ODD))
    data = ("".join(made) + "}" * r.choice((0, 1, 1, 9))).encode("latin-1", "replace")
    return corrupt(r, data) if r.random() < 0.3 else data


MARKS = (
    "# ", "## ", "####### ", "**", "*", "_", "__", "`", "```\n", "~~~\n", "> ", "- ", "1. ", "| ", "|---|:-:|\n",
    "[a](b)", "![", "](", "<!-- ", " -->", "<b>", "<br>", "---\n", "---\ntitle: 报告\ndate: 2023-13-45\n---\n", "\\*",
    "\\", "<div>", "</div>", "===\n", "&nbsp;", "[^1]", "[^1]: ", "~~", "$$",
)  # fmt: skip


def markdown(r: Random) -> bytes:
    def mark(r: Random) -> str:
        return r.choice(MARKS)

    parts = [
        r.choice((mark, mark, texts.sentence, texts.heading, texts.table, texts.problem, texts.odd))(r)
        + r.choice(("", "", "\n", "\n\n"))
        for _ in range(r.choice((3, 10, 25)))
    ]
    head = r.choice(("", "", "---\ntitle: 整改报告\nissuer: 某局\n---\n", "---\n: :\n- [\n---\n", "---\n", "+++\n"))
    return encoded(r, head + "".join(parts))

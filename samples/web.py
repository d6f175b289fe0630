"""A master as it stands on the web: copied from a document-sharing site, and the page of a government's own site."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from itertools import groupby

from masters import paragraphs


def web_copy(name: str, appended: str, site: str, title: str, published: str, chunk: int = 340) -> bytes:
    """As a document-sharing site shows it: paragraphs run together, a counter where it cuts, its furniture around."""
    text = "".join(paragraphs(name)) + "以下内容供阅读：" + "".join(paragraphs(appended))
    chunks = [text[i : i + chunk] for i in range(0, len(text), chunk)]
    head = [
        f"您的位置：首页 > {site} > 工作报告 > 整改报告",
        f"《{title}.docx》由会员分享，可在线阅读，更多相关《{title}.docx（12页珍藏版）》请在{site}上搜索。",
        f"来源：{site}　发布时间：{published}　浏览次数：356",
        *("下载", "打印", "收藏", "分享到："),
    ]
    body: list[str] = []
    for i, words in enumerate(chunks, 1):
        body.append(f"{i}、{words}")
        if i % 3 == 0:
            body.append(f"第 {i // 3} 页 共 {len(chunks) // 3} 页")
    foot = [
        "上一篇：2022年度机关后勤服务工作要点",
        "下一篇：关于做好冬季用水保障的温馨提示",
        f"Copyright © 2015-2022 {site} 版权所有 未经许可不得转载",
    ]
    return "".join(f"{line}\n" for line in (*head, *body, *foot)).encode()


def web_page(name: str, site: str, issuer: str, published: str, path: tuple[str, ...]) -> bytes:
    """As a government site shows it: its furniture around the text, whose paragraphs begin with two blanks."""
    title, *rest = paragraphs(name)
    crumbs = " &gt; ".join(f'<a href="/{i}/">{words}</a>' for i, words in enumerate(("首页", *path)))
    body = "\n".join(_blocks(rest))
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{html.escape(title)}_{path[-1]}_{site}</title>
<meta name="SiteName" content="{site}">
<meta name="ArticleTitle" content="{html.escape(title)}">
<meta name="PubDate" content="{published}">
<meta name="ContentSource" content="{issuer}">
<style>.nav li {{ float: left }} .content p {{ font-size: 16px }}</style>
<script>var channel = "{path[-1]}"; function fontZoom(size) {{ document.getElementById("zoom").style.fontSize = size + "px"; }}</script>
</head>
<body>
<div class="top"><a href="/login">登录</a> | <a href="/mobile">手机版</a> | <a href="javascript:void(0)">无障碍浏览</a></div>
<div class="nav"><ul>
{_links(["首页", "新闻中心", "政府信息公开", "政务服务", "互动交流", "数据发布", "走进岚溪"])}
</ul></div>
<form action="/search"><input type="text" name="q" value="请输入关键字"><input type="submit" value="搜索"></form>
<div class="position">当前位置：{crumbs} &gt; 正文</div>
<div class="article">
<h1>{html.escape(title)}</h1>
<div class="info">发布时间：{published}　来源：{issuer}　浏览次数：<span id="hits">1208</span>　字号：[<a href="javascript:fontZoom(18)">大</a> <a href="javascript:fontZoom(16)">中</a> <a href="javascript:fontZoom(14)">小</a>]　<a href="javascript:window.print()">打印</a></div>
<div class="content" id="zoom">
{body}
</div>
<div class="share">分享到： <a href="#">微信</a> <a href="#">微博</a> 【<a href="javascript:window.print()">打印本页</a>】【<a href="javascript:window.close()">关闭窗口</a>】</div>
<div class="page"><p>上一篇：<a href="t1.html">关于做好冬季用水保障的温馨提示</a></p><p>下一篇：<a href="t2.html">2024年政府采购意向公开</a></p></div>
<div class="related"><h3>相关链接</h3><ul>
{_links(["岚溪县2023年水资源公报", "岚溪县农村供水条件改善见成效", "关于公开征求意见的公告"])}
</ul></div>
</div>
<div class="footer"><p>主办：{issuer}　承办：岚溪县大数据中心</p><p>版权所有：{site}　网站标识码：3300000000</p><p>联系电话：0570-0000000　地址：岚溪县人民路1号</p></div>
</body>
</html>
""".encode()


def _links(words: Iterable[str]) -> str:
    return "\n".join(f'<li><a href="/list/{i}.html">{label}</a></li>' for i, label in enumerate(words))


def _blocks(lines: Iterable[str]) -> Iterator[str]:
    """Paragraphs, and a table of the rows with `|`."""
    for in_table, group in groupby(lines, key=lambda line: "|" in line):
        if in_table:
            cells = ("".join(f"<td><p>{html.escape(cell)}</p></td>" for cell in row.split("|")) for row in group)
            yield (
                '<table border="1" cellspacing="0"><tbody>\n'
                + "\n".join(f"<tr>{row}</tr>" for row in cells)
                + "\n</tbody></table>"
            )
        else:
            yield from (f"<p>　　{html.escape(line, quote=False)}</p>" for line in group)

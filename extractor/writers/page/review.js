"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  const find = one(".find"), help = one(".help"), keys = one(".keys");
  const cards = all(".record[data-start]").sort((a, b) =>
    a.dataset.doc - b.dataset.doc || a.dataset.start - b.dataset.start || b.dataset.end - a.dataset.end);
  const known = new Map(all(".record, .check").map((card) => [card.id, card]));
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let current = null;

  find.hidden = help.hidden = false;

  function scroll(element) {
    const pane = element.closest("main, .records");
    for (let box = element.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    if (!pane) return;
    const at = element.getBoundingClientRect(), view = pane.getBoundingClientRect();
    if (at.top < view.top + 60 || at.bottom > view.bottom - 90)
      element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }

  // A record is lit in both panes, all its pieces, whichever of the two was asked for.
  function select(id, asked) {
    all(".on").forEach((element) => element.classList.remove("on"));
    const card = known.get(id);
    current = card || null;
    if (!card) return;
    card.classList.add("on");
    const marks = all(`.m[data-record="${id}"]`);
    marks.forEach((mark) => mark.classList.add("on"));
    if (asked !== card) scroll(card);
    if (marks.length && asked !== marks[0]) scroll(marks[0]);
  }

  function follow() {
    const asked = document.getElementById(location.hash.slice(1));
    if (!asked) return;
    for (let box = asked.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    const id = asked.dataset.record || asked.id;
    if (known.has(id)) select(id, null);
    else { select("", null); scroll(asked); }
  }

  const shown = (card) => card.offsetParent !== null && !card.hidden;

  function step(by) {
    const list = cards.filter(shown);
    if (!list.length) return;
    const i = list.indexOf(current);
    const next = list[i < 0 ? (by > 0 ? 0 : list.length - 1) : (i + by + list.length) % list.length];
    select(next.id, null);
    next.focus({ preventScroll: true });
  }

  function doubt() {
    const list = all(".check.bad, .check.open");
    if (!list.length) return;
    const next = list[(list.indexOf(current) + 1) % list.length];
    location.hash = next.id;
    next.focus({ preventScroll: true });
  }

  find.addEventListener("input", () => {
    const wanted = find.value.trim().toLowerCase();
    for (const card of cards) card.hidden = wanted !== "" && !card.textContent.toLowerCase().includes(wanted);
  });

  function toggleHelp(open) {
    keys.hidden = !open;
    help.setAttribute("aria-expanded", String(open));
  }
  help.addEventListener("click", () => toggleHelp(keys.hidden));

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") {
      toggleHelp(false);
      if (document.activeElement === find) { find.value = ""; find.dispatchEvent(new Event("input")); find.blur(); }
      select("", null);
      return;
    }
    if (/^(input|textarea|select)$/i.test(event.target.tagName) && event.target.type !== "checkbox") return;
    const boxes = all("input[id^=show-]");
    const act = {
      j: () => step(1), k: () => step(-1), n: doubt, "?": () => toggleHelp(keys.hidden), "/": () => find.focus(),
    }[event.key] || (boxes[event.key - 1] && (() => { boxes[event.key - 1].checked = !boxes[event.key - 1].checked; }));
    if (act) { event.preventDefault(); act(); }
  });

  // The heading that is being read is marked in the tree.
  const links = new Map(all(".tree a[data-heading]").map((link) => [`at-heading-${link.dataset.heading}`, link]));
  const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const pane = one("main");
  let waiting = false, here = null;
  pane.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const top = pane.getBoundingClientRect().top + 120;
      let low = 0, high = headings.length;
      while (low < high) { const middle = (low + high) >> 1; headings[middle].getBoundingClientRect().top <= top ? low = middle + 1 : high = middle; }
      const link = low ? links.get(headings[low - 1].id) : null;
      if (link === here) return;
      if (here) here.classList.remove("here");
      here = link;
      if (here) { here.classList.add("here"); here.scrollIntoView({ block: "nearest" }); }
    });
  }, { passive: true });

  addEventListener("hashchange", follow);
  follow();
})();

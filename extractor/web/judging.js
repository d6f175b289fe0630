"use strict";
// Verdicts without leaving the page: the same forms, sent and answered in parts. Without this they are pages.
(() => {
  const sent = document.getElementById("verdicts");
  const holder = (fingerprint) => document.querySelector(`[data-judge="${fingerprint}"]`);
  const made = (html) => { const template = document.createElement("template"); template.innerHTML = html; return template.content; };
  const close = () => document.querySelectorAll(".judgement").forEach((form) => form.remove());
  let by = "";

  async function save(data) {
    data.set("part", "1");
    const fingerprint = data.get("right") || data.get("withdraw") || data.get("fingerprint");
    const answer = await fetch("/verdict", { method: "POST", body: data });
    const parts = made(await answer.text()), now = parts.querySelector("[data-judge]"), again = parts.querySelector("form");
    if (again) { close(); holder(fingerprint).after(again); return false; }
    if (!answer.ok || !now) { location.reload(); return false; }
    close();
    holder(fingerprint).replaceWith(now);
    document.getElementById("judged").textContent = parts.querySelector("[data-count]").dataset.count;
    return true;
  }

  async function open(judge, way) {
    const address = judge.querySelector("[data-form]").href;
    close();
    const answer = await fetch(`${address}&part=1`);
    if (!answer.ok) { location.reload(); return; }
    const form = made(await answer.text()).querySelector("form");
    judge.after(form);
    const choice = way && form.querySelector(`[value=${way}]`);
    if (choice) choice.checked = true;
    if (!form.elements.by.value) form.elements.by.value = by;
    (way === "edited" ? form.querySelector(".to :is(input, select)") || form.elements.reason : form.elements.reason).focus();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[form=verdicts]"), link = event.target.closest("[data-form]");
    if (button && button.closest("[data-judge]")) {
      event.preventDefault();
      const data = new FormData(sent);
      data.set(button.name, button.value);
      save(data);
    } else if (link) {
      event.preventDefault();
      open(link.closest("[data-judge]"));
    } else if (event.target.closest("[data-cancel]")) {
      event.preventDefault();
      close();
    }
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".judgement")) return;
    event.preventDefault();
    by = event.target.elements.by.value;
    save(new FormData(event.target));
  });

  // y x e u on the record that is lit; Escape puts the form away.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") { close(); return; }
    if (/^(input|textarea|select)$/i.test(event.target.tagName) && event.target.type !== "checkbox") return;
    const judge = document.querySelector(":is(.record, .check).on [data-judge]");
    if (!judge) return;
    const fingerprint = judge.dataset.judge, data = new FormData(sent);
    const act = {
      y: async () => { data.set("right", fingerprint); if (await save(data)) document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true })); },
      x: () => open(judge, "wrong"), e: () => open(judge, "edited"),
      u: () => { data.set("withdraw", fingerprint); save(data); },
    }[event.key];
    if (act) { event.preventDefault(); act(); }
  });
})();

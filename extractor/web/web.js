"use strict";
(() => {
  const drop = document.getElementById("drop");
  if (!drop) return;
  const picked = drop.querySelector("input[type=file]");
  drop.classList.add("scripted");
  const over = (on) => drop.classList.toggle("over", on);
  const send = () => { drop.querySelector("button").disabled = true; drop.querySelector(".quiet").textContent = `正在送入 ${picked.files.length} 份…`; drop.submit(); };
  for (const name of ["dragenter", "dragover"]) addEventListener(name, (event) => { event.preventDefault(); over(true); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(false); });
  addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (!event.dataTransfer.files.length) return;
    picked.files = event.dataTransfer.files;
    send();
  });
  picked.addEventListener("change", () => picked.files.length && send());
})();

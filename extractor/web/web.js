"use strict";
(() => {
  const drop = document.getElementById("drop");
  if (!drop) return;
  const picked = drop.querySelector("input[type=file]");
  drop.classList.add("scripted");
  const over = (on) => drop.classList.toggle("over", on);
  const refused = () => {
    const { files, bytes } = drop.dataset, sum = [...picked.files].reduce((all, file) => all + file.size, 0);
    if (picked.files.length > files) return `一次最多 ${files} 份，这里有 ${picked.files.length} 份；请分几次放入。`;
    if (sum > bytes * 0.99) return `一次最多 ${bytes >> 20} MB，这里有 ${Math.ceil(sum / 1048576)} MB；请分几次放入。`;
  };
  const send = () => {
    const words = refused();
    drop.querySelector(".quiet").textContent = words || `正在送入 ${picked.files.length} 份…`;
    if (words) { drop.reset(); return; }
    drop.querySelector("button").disabled = true;
    drop.submit();
  };
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

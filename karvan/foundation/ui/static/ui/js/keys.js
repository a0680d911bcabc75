// The keyboard: data-key="r" on a link, button or field; "?" lists them; j and k walk the rows.
const dialog = document.getElementById("keys");
const fixed = [...(dialog?.querySelector("[data-keys-list]").children ?? [])];

const isTyping = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

function rows() {
  return [...document.querySelectorAll("[data-rows] tbody tr")].map(
    (row) => row.querySelector("a, input, button")).filter(Boolean);
}

function walk(step) {
  const stops = rows();
  const at = stops.findIndex((stop) => stop.closest("tr").contains(document.activeElement));
  stops[at < 0 ? 0 : Math.min(stops.length - 1, Math.max(0, at + step))]?.focus();
}

function press(key) {
  const found = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!found || found.disabled) return false;
  if (found.matches("input:not([type=checkbox], [type=radio]), textarea, select")) found.focus();
  else found.click();
  return true;
}

function list() {
  const lines = [...document.querySelectorAll("[data-key]")].map((one) => {
    const line = document.createElement("div");
    const key = document.createElement("dt");
    const what = document.createElement("dd");
    key.append(Object.assign(document.createElement("kbd"), { textContent: one.dataset.key }));
    what.textContent = one.dataset.keyLabel ?? one.textContent.trim();
    line.append(key, what);
    return line;
  });
  dialog.querySelector("[data-keys-list]").replaceChildren(...fixed, ...lines);
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || dialog?.open) return;
  if (event.key === "?" && dialog) list();
  else if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if (!press(event.key)) return;
  event.preventDefault();
});

for (const opener of document.querySelectorAll("[data-keys-open]")) {
  opener.hidden = !dialog;
  opener.addEventListener("click", list);
}

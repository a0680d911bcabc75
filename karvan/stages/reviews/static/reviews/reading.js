// Marks by the keyboard in the reading room. The page is a plain form without it.
const form = document.querySelector("[data-reading]");
const criteria = [...(form?.querySelectorAll("[data-criterion]") ?? [])];
const hint = document.querySelector("[data-keys-hint]");
let at = Math.max(0, criteria.findIndex((one) => !one.querySelector(":checked")));

function show(scroll = true) {
  criteria.forEach((one, number) => {
    if (number === at) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  });
  if (scroll) criteria[at]?.scrollIntoView({ block: "nearest" });
}

function walk(step) {
  at = Math.min(criteria.length - 1, Math.max(0, at + step));
  document.activeElement?.blur();
  show();
}

function mark(value) {
  const step = criteria[at].querySelector(`input[value="${value}"]`);
  if (!step) return;
  step.click();
  if (at < criteria.length - 1) walk(1);
}

function goOn() {
  const whole = criteria.every((one) => one.querySelector(":checked"));
  form.requestSubmit(form.querySelector(whole ? "[data-finish]" : "[data-draft]"));
}

const turn = (key) => document.querySelector(`[data-key="${key}"]`)?.click();
const acts = {
  ArrowDown: () => walk(1), j: () => walk(1), ArrowUp: () => walk(-1), k: () => walk(-1),
  Enter: goOn, n: () => turn("n"), p: () => turn("p"),
};

function press(event) {
  const busy = event.target.closest("textarea, select, summary, a, button, input:not([type=radio])");
  if (event.ctrlKey || event.metaKey || event.altKey || busy || document.querySelector("dialog[open]")) return;
  if (/^[0-9]$/.test(event.key)) mark(event.key);
  else if (acts[event.key]) acts[event.key]();
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

if (criteria.length) {
  hint.hidden = false;
  // Before the desk's own keys, which would take j and k for rows.
  addEventListener("keydown", press, { capture: true });
  form.addEventListener("focusin", (event) => {
    const here = criteria.indexOf(event.target.closest("[data-criterion]"));
    if (here >= 0) { at = here; show(false); }
  });
  show(false);
}

// Saves a form as it is typed; see docs/how-to/add-a-screen.md.
import { pause } from "./network.js";

const WAIT = 1500, KEY = "draft:";

for (const { dataset } of document.querySelectorAll("[data-autosave-done]")) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(KEY + dataset.autosaveDone)) localStorage.removeItem(key);
  }
}
for (const form of document.querySelectorAll("[data-autosave-url]")) start(form);

function start(form) {
  const url = form.dataset.autosaveUrl;
  const key = KEY + url + location.pathname;
  const line = form.querySelector("[data-autosave-state]");
  let timer, last, busy, leaving, failures = 0;

  const say = (state) => {
    if (!line) return;
    const time = new Date().toLocaleTimeString(document.documentElement.lang,
      { hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem: "latn" });
    line.textContent = line.dataset[state].replace("TIME", time);
    line.dataset.autosaveState = state;
  };
  const typed = () => JSON.stringify([...new FormData(form)].filter(
    ([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken"));
  const keep = () => {
    try { localStorage.setItem(key, typed()); } catch {}
  };
  const later = (after) => {
    clearTimeout(timer);
    timer = setTimeout(save, after);
  };

  async function save() {
    const now = typed();
    clearTimeout(timer);
    if (busy || leaving || now === last) return;
    busy = true;
    say("saving");
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
    try {
      const answer = await fetch(url, { method: "POST", body, keepalive: now.length < 3e4 });
      if (answer.ok && !answer.redirected) {
        last = now;
        failures = 0;
        if (typed() === now) localStorage.removeItem(key);
        else later(WAIT);
        say("saved");
      } else say("refused");
    } catch {
      say("offline");
      later(pause(failures++));
    }
    busy = false;
  }

  function restore() {
    last = typed();
    let kept;
    try { kept = JSON.parse(localStorage.getItem(key)); } catch {}
    if (!kept || form.querySelector("[data-wrong], .error")) return;
    for (const field of form.elements) {
      if (!field.name || /hidden|file|submit/.test(field.type)) continue;
      const values = kept.filter(([name]) => name === field.name).map(([, value]) => value);
      if (/checkbox|radio/.test(field.type)) field.checked = values.includes(field.value);
      else if (field.options) for (const one of field.options) one.selected = values.includes(one.value);
      else if (values.length) field.value = values[0];
    }
    save();
  }

  restore();
  form.addEventListener("input", () => { keep(); later(WAIT); });
  form.addEventListener("submit", () => { leaving = true; keep(); });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("online", () => { failures = 0; save(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
}

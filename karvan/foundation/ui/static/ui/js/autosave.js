// Saves a form as it is typed: <form data-autosave-url="…"> with {% autosave_state %} in it.
// Without a connection the answers wait in this browser and are sent when it returns.
const WAIT = 1500;
const RETRY = 15000;

for (const form of document.querySelectorAll("form[data-autosave-url]")) start(form);

function start(form) {
  const url = form.dataset.autosaveUrl;
  const key = `draft:${url}`;
  const line = form.querySelector("[data-autosave-state]");
  let timer, last, busy = false, sending = false;

  const say = (state) => {
    if (!line) return;
    const time = new Date().toLocaleTimeString(document.documentElement.lang,
      { hour: "2-digit", minute: "2-digit", numberingSystem: "latn" });
    line.textContent = line.dataset[state].replace("TIME", time);
    line.dataset.autosaveState = state;
  };

  const answers = () => [...new FormData(form)].filter(
    ([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");

  const keep = () => {
    try { localStorage.setItem(key, JSON.stringify(answers())); } catch { /* full or forbidden */ }
  };

  async function save() {
    clearTimeout(timer);
    if (busy || sending) return;
    const typed = JSON.stringify(answers());
    if (typed === last) return;
    busy = true;
    keep();
    say("saving");
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
    try {
      const answer = await fetch(url, { method: "POST", body, keepalive: typed.length < 60000,
        headers: { "X-Requested-With": "autosave" } });
      if (answer.ok && !answer.redirected) {
        last = typed;
        if (JSON.stringify(answers()) === typed) localStorage.removeItem(key);
        say("saved");
      } else say("refused");
      busy = false;
      if (answer.ok && JSON.stringify(answers()) !== last) later();
    } catch {
      busy = false;
      say("offline");
      later(RETRY);
    }
  }

  function later(after = WAIT) {
    clearTimeout(timer);
    timer = setTimeout(save, after);
  }

  function restore() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(key)); } catch { /* unreadable: ignore it */ }
    last = JSON.stringify(answers());
    if (!kept || form.querySelector("[data-wrong]")) return;
    for (const field of form.elements) {
      if (!field.name || ["hidden", "file", "submit"].includes(field.type)) continue;
      const values = kept.filter(([name]) => name === field.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
      else if (field.multiple) for (const one of field.options) one.selected = values.includes(one.value);
      else if (values.length) field.value = values[0];
    }
    save();
  }

  restore();
  form.addEventListener("input", () => { keep(); later(); });
  form.addEventListener("submit", () => { sending = true; clearTimeout(timer); keep(); });
  addEventListener("pageshow", () => { sending = false; });
  addEventListener("online", save);
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
}

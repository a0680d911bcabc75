// Minutes taken live. Sentences are saved as they are typed, new ones wait in a queue until they
// are received, and what others write appears where nobody is typing here.
import { pause } from "../ui/js/network.js";

const WAIT = 1200, LOOK = 4000;
const room = document.querySelector("[data-minutes]");
if (room && document.getElementById("next")) start(room);

function start(room) {
  const code = room.dataset.minutes;
  const line = document.querySelector("[data-minutes-state]");
  const next = document.getElementById("next");
  const waiting = room.querySelector("[data-minutes-waiting]");
  const store = (name) => `minutes:${code}:${name}`;
  const read = (name, other) => {
    try { return JSON.parse(localStorage.getItem(store(name))) ?? other; } catch { return other; }
  };
  const write = (name, value) => {
    try {
      if (value === null) localStorage.removeItem(store(name));
      else localStorage.setItem(store(name), JSON.stringify(value));
    } catch {}
  };
  const list = () => room.querySelector("[data-minutes-items]");
  const say = (state, words) => { if (line) line.textContent = words ?? line.dataset[state] ?? ""; };
  const typed = (form) => Object.fromEntries([...new FormData(form)].filter(([name]) => !/^(csrf|version|key)/.test(name)));
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const token = () => next.elements.csrfmiddlewaretoken.value;
  const timers = new Map(), saved = new WeakMap(), busy = new WeakSet();
  let failures = 0;
  room.dataset.scripted = "";

  const post = (url, values, redirect = "follow") => {
    const body = new FormData();
    for (const [name, value] of Object.entries(values)) body.append(name, value);
    body.append("csrfmiddlewaretoken", token());
    return fetch(url, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: true, redirect });
  };
  const key = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  // --- sentences that stand --------------------------------------------------------------
  const formsOf = (within) => within.querySelectorAll("form[data-minutes-item]");
  const itemOf = (form) => form.closest("[data-item]").dataset.item;
  const isDirty = (form) => !same(typed(form), saved.get(form));
  const put = (form, values) => {
    for (const [name, value] of Object.entries(values)) if (form.elements[name]) form.elements[name].value = value;
  };

  function watch(within) {
    for (const form of formsOf(within)) {
      saved.set(form, typed(form));
      const kept = read(itemOf(form), null);
      if (kept) {
        put(form, kept.values);
        if (kept.version) form.elements.version.value = kept.version;
        if (isDirty(form)) later(form, 0);
        else write(itemOf(form), null);
      }
    }
  }
  function later(form, after) {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => save(form), after));
  }
  async function save(form) {
    const now = typed(form);
    if (busy.has(form) || !form.isConnected) return;
    if (same(now, saved.get(form))) {
      write(itemOf(form), null);
      if (line?.textContent === line?.dataset.saving) say("saved");
      return;
    }
    if (form.querySelector("[role=alert]")) return;
    busy.add(form);
    say("saving");
    try {
      const answer = await post(form.action, { ...now, version: form.elements.version.value });
      if (answer.status === 404) return struck(form, now);
      const said = answer.redirected ? {} : await answer.json();
      failures = 0;
      if (answer.ok && said.version) {
        saved.set(form, now);
        form.elements.version.value = said.version;
        form.closest("[data-item]").dataset.version = said.version;
        if (isDirty(form)) later(form, WAIT);
        else write(itemOf(form), null);
        say("saved");
      } else if (answer.status === 409) disagree(form, said);
      else say("refused", said.error);
    } catch {
      say("offline");
      later(form, pause(failures++));
    }
    busy.delete(form);
  }
  function struck(form, values) { // somebody struck it while we typed: it is sent as a new one
    write("queue", [...read("queue", []), { ...values, key: key() }]);
    write(itemOf(form), null);
    form.closest("[data-item]").remove();
    show();
    send();
  }
  function disagree(form, said) {
    const box = room.querySelector("[data-minutes-conflict]").content.cloneNode(true).firstElementChild;
    box.querySelector("[data-said]").textContent = said.error;
    const settle = (values) => {
      box.remove();
      form.elements.version.value = said.version;
      if (values) {
        for (const field of form.querySelectorAll("textarea")) field.value = said.texts[field.name.slice(6)] ?? "";
        form.elements.kind.value = said.kind;
        saved.set(form, typed(form));
        write(itemOf(form), null);
        say("saved");
      } else save(form);
      form.querySelector("textarea").focus();
    };
    box.querySelector("[data-keep]").addEventListener("click", () => settle(false));
    box.querySelector("[data-take]").addEventListener("click", () => settle(true));
    form.append(box);
    say("refused", "");
  }

  // --- the next sentence, and those that wait to be received --------------------------------
  let sending = false;
  function show() {
    const queue = read("queue", []);
    waiting.hidden = !queue.length;
    waiting.replaceChildren(...queue.map((one) => Object.assign(document.createElement("li"), {
      textContent: "… " + Object.entries(one).filter(([name]) => name.startsWith("texts_")).map(([, text]) => text).filter(Boolean).join(" · "),
    })));
  }
  async function send() {
    if (sending) return;
    sending = true;
    try {
      for (let queue = read("queue", []); queue.length; queue = read("queue", [])) {
        say("saving");
        const answer = await post(location.pathname, queue[0]);
        const said = answer.redirected ? {} : await answer.json();
        failures = 0;
        if (!answer.ok || !said.pk) {
          say("refused", said.error);
          break;
        }
        write("queue", read("queue", []).filter((one) => one.key !== queue[0].key));
        say("saved");
        await look();
        show();
      }
    } catch {
      say("offline");
      setTimeout(send, pause(failures++));
    }
    sending = false;
    show();
  }
  function add() {
    const values = typed(next);
    const texts = Object.entries(values).filter(([name]) => name.startsWith("texts_"));
    const first = next.querySelector("textarea");
    if (!texts.some(([, text]) => text.trim())) return first.focus();
    write("queue", [...read("queue", []), { ...values, key: next.elements.key.value }]);
    for (const field of next.querySelectorAll("textarea")) field.value = "";
    next.elements.key.value = key();
    write("next", null);
    show();
    send();
    first.focus();
  }

  // --- what others write ------------------------------------------------------------------
  async function look() {
    if (document.hidden) return;
    let page;
    try {
      const answer = await fetch(room.dataset.itemsUrl);
      if (!answer.ok || answer.redirected) return;
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch { return; }
    const old = list(), fresh = page.querySelector("[data-minutes-items]");
    if (!fresh) return;
    const isHeld = (row) => row.contains(document.activeElement) || row.querySelector("details.act[open], [role=alert]")
      || [...formsOf(row)].some((form) => isDirty(form) || busy.has(form));
    const there = new Map([...old.children].map((row) => [row.dataset.item, row]));
    const rows = [...fresh.children].map((row) => {
      const present = there.get(row.dataset.item);
      there.delete(row.dataset.item);
      if (present && (isHeld(present) || (present.dataset.version === row.dataset.version
        && present.dataset.number === row.dataset.number && present.querySelectorAll("button").length === row.querySelectorAll("button").length))) {
        renumber(present, row);
        return present;
      }
      const made = document.importNode(row, true);
      watch(made);
      return made;
    });
    for (const row of there.values()) if (isHeld(row) && [...formsOf(row)].some(isDirty)) rows.push(row);
    if (rows.length === old.children.length && rows.every((row, at) => row === old.children[at])) return;
    const focused = document.activeElement, inside = old.contains(focused);
    old.replaceChildren(...rows);
    if (inside && focused.isConnected) focused.focus();
  }
  function renumber(present, row) { // somebody sits in it: only what says its number changes
    if (present.dataset.number === row.dataset.number) return;
    present.value = row.value;
    present.dataset.number = row.dataset.number;
    const labels = row.querySelectorAll("form[data-minutes-item] > [aria-label]");
    present.querySelectorAll("form[data-minutes-item] > [aria-label]").forEach((one, at) => {
      one.setAttribute("aria-label", labels[at].getAttribute("aria-label"));
    });
    const acts = present.querySelector(".minutes-acts");
    if (!acts.contains(document.activeElement)) acts.replaceWith(document.importNode(row.querySelector(".minutes-acts"), true));
  }
  async function act(form, button) {
    const row = form.closest("[data-item]").dataset.item;
    try {
      await post(form.action, { [button.name]: button.value }, "manual");
    } catch {
      return say("offline");
    }
    const wasHere = button === document.activeElement;
    button.blur();
    await look();
    if (!wasHere) return;
    const again = list().querySelector(`[data-item="${row}"]`);
    (again?.querySelector(`[name=way][value=${button.value}]`) ?? again?.querySelector("[name=way]"))?.focus();
  }

  room.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form === next) write("next", typed(next));
    else if (form?.matches("[data-minutes-item]")) {
      write(itemOf(form), { values: typed(form), version: form.elements.version.value });
      say("saving");
      later(form, WAIT);
    }
  });
  room.addEventListener("submit", (event) => {
    const form = event.target;
    if (form === next) add();
    else if (form.matches("[data-minutes-item]")) save(form);
    else if (form.matches("[data-minutes-act]")) act(form, event.submitter);
    else return;
    event.preventDefault();
  });
  room.addEventListener("keydown", (event) => {
    const form = event.target.form, row = event.target.closest("[data-item]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      if (form === next) add();
      else if (form?.matches("[data-minutes-item]")) { save(form); next.querySelector("textarea").focus(); }
    } else if (event.altKey && form === next && /^Digit[1-4]$/.test(event.code)) {
      next.elements.kind[event.code.slice(5) - 1].checked = true;
    } else if (event.altKey && row && /^Arrow(Up|Down)$/.test(event.key)) {
      row.querySelector(`[name=way][value=${event.key === "ArrowUp" ? "up" : "down"}]`)?.click();
    } else return;
    event.preventDefault();
  });
  next.addEventListener("click", (event) => {
    if (event.target.name === "kind" && event.detail === 0 && !event.isTrusted) next.querySelector("textarea").focus();
  });

  const draft = read("next", null);
  if (draft && !next.querySelector("textarea").value) {
    put(next, draft);
  }
  watch(room);
  show();
  send();
  addEventListener("online", () => { failures = 0; send(); for (const form of formsOf(room)) save(form); });
  document.addEventListener("visibilitychange", () => { for (const form of formsOf(room)) save(form); });
  setInterval(look, LOOK);
}

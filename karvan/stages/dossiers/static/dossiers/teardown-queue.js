// Steps and photographs written without a network wait here and are sent once each.
// What is sent twice carries the same key, which the server takes once.
import { pause, whenAnswered } from "../ui/js/network.js";

const DATABASE = "dossier-queue", STORE = "waiting";
const { person } = document.body.dataset;
const root = document.querySelector("[data-bench]");
const panel = root?.querySelector("[data-queue-panel]");
const line = panel?.querySelector("[data-queue-state]");
const list = panel?.querySelector("[data-queue-list]");
const asking = new Set(); // keys of what somebody is about to throw away
let timer, failures = 0, isAsked = false, shown = "", wasWaiting = false, lost = "";

if (root && panel && person && "indexedDB" in window) {
  if (root.dataset.network === "no") waitForNetwork();
  else keepPage();
  root.addEventListener("submit", taken);
  addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => document.hidden || flush());
  show().then(flush);
}

// A form that can wait: its words and its photographs are put aside before anything is sent.
async function taken(event) {
  const form = event.target.closest("form[data-queue]");
  if (!form) return;
  event.preventDefault();
  const photos = [...form.querySelectorAll("input[type=file]")].flatMap((one) => [...one.files]);
  if (form.dataset.queue === "photo" && !photos.length) {
    form.querySelector("input[type=file]").focus();
    return;
  }
  try {
    for (const entry of entries(form, photos)) await put(entry);
  } catch {
    panel.hidden = false;
    line.textContent = panel.dataset.noRoom;
    return;
  }
  form.reset();
  await show();
  flush();
}

function entries(form, photos) {
  const common = { person, bench: root.dataset.bench, at: Date.now(), state: "waiting" };
  const made = [];
  let after = "", url = form.action;
  if (form.dataset.queue === "step") {
    const fields = [...new FormData(form)].filter(([name, value]) =>
      typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "key");
    after = crypto.randomUUID();
    url = "";
    const title = form.elements.title.value.trim();
    made.push({ ...common, key: after, kind: "step", url: form.action, fields, title });
  }
  photos.forEach((file, number) => made.push({ ...common, at: common.at + number + 1,
    key: crypto.randomUUID(), kind: "photo", url, after, fields: [], file, title: file.name }));
  return made;
}

// At once, since something was written, or the network may be back.
function flush() {
  failures = 0;
  return attempt();
}

// One tab at a time sends; a second one would be harmless, but would send for nothing.
async function attempt() {
  clearTimeout(timer);
  isAsked = true;
  if ("locks" in navigator) {
    await navigator.locks.request("dossier-queue", { ifAvailable: true }, (lock) => lock && sendAsked());
  } else await sendAsked();
  await show();
  clearTimeout(timer);
  if ((await waiting()).some(isOpen)) timer = setTimeout(attempt, pause(failures++));
}

// What is written while the rest is being sent goes after it.
async function sendAsked() {
  while (isAsked) {
    isAsked = false;
    await sendAll();
  }
}

async function sendAll() {
  for (const entry of await waiting()) {
    const fresh = await get(entry.key);
    if (!fresh || !isOpen(fresh)) continue;
    if (fresh.kind === "photo" && !fresh.url) continue; // its step is still to be sent
    if (!(await send(fresh))) return;
  }
}

// True where the next one may be tried; false where there is no network, or nobody is signed in.
async function send(entry) {
  await update({ ...entry, state: "sending" });
  await show();
  const body = new FormData();
  for (const [name, value] of entry.fields) body.append(name, value);
  if (entry.file) body.append("photo", entry.file, entry.title);
  body.append("key", entry.key);
  body.append("csrfmiddlewaretoken", root.querySelector("[name=csrfmiddlewaretoken]").value);
  let answer, said;
  try {
    answer = await fetch(entry.url, { method: "POST", body, headers: { accept: "application/json" } });
    if (answer.ok && !answer.redirected) said = await answer.json();
    else if (answer.status === 422) said = await answer.json();
  } catch {
    await update({ ...entry, state: "waiting" });
    return false;
  }
  if (answer.redirected || answer.status === 401) return stay(entry, panel.dataset.signedOut);
  if (answer.status === 403) return stay(entry, panel.dataset.oldPage);
  if (answer.status >= 500 || answer.status === 429) return stay(entry, "");
  if (!answer.ok) {
    const reason = said?.reason || `${answer.status} ${answer.statusText}`;
    await update({ ...entry, state: "refused", reason });
    return true;
  }
  await arrived(entry, said);
  return true;
}

async function stay(entry, reason) {
  await update({ ...entry, state: "waiting", reason });
  return false;
}

async function arrived(entry, said) {
  if (said.photos) {
    const bench = await waiting();
    for (const one of bench) if (one.after === entry.key) await update({ ...one, url: said.photos });
  }
  await remove(entry.key);
  place(entry, said);
}

// What came back takes its place on the page, so that nobody has to load it again.
function place(entry, said) {
  if (!said.html || document.querySelector(`[data-${entry.kind}="${said.id}"]`)) return;
  const step = /steps\/(\d+)\/photographs/.exec(entry.url)?.[1];
  const home = entry.kind === "step"
    ? root.querySelector("[data-steps]") : root.querySelector(`[data-shots="${step}"]`);
  home?.insertAdjacentHTML("beforeend", said.html);
  root.querySelector(".empty")?.remove();
}

async function show() {
  const all = await waiting();
  panel.hidden = !all.length && !wasWaiting;
  if (all.length) wasWaiting = true;
  line.textContent = all.length
    ? panel.dataset.count.replace("MANY", all.length) : panel.dataset.none;
  const now = JSON.stringify(all.map((one) => [one.key, one.state, one.reason, asking.has(one.key)]));
  if (now === shown) return;
  shown = now;
  keepFocus(() => list.replaceChildren(...all.map(row)));
}

// A button that goes while its row is being sent has the focus again when it is back.
function keepFocus(draw) {
  const { activeElement } = document;
  const name = activeElement?.dataset.button ?? (activeElement === document.body ? lost : "");
  draw();
  const same = name && list.querySelector(`[data-button="${name}"]`);
  if (same) same.focus();
  lost = same ? "" : name;
}

function row(entry) {
  const item = document.createElement("li");
  const name = document.createElement("bdi");
  const state = document.createElement("span");
  name.textContent = entry.title;
  if (entry.state === "refused") {
    const reason = document.createElement("bdi"); // in the language in which it was sent
    reason.textContent = entry.reason;
    state.append(`${panel.dataset.refused}: `, reason);
  } else state.textContent = entry.reason || panel.dataset[entry.state];
  state.dataset.state = entry.state;
  item.append(`${panel.dataset[entry.kind === "step" ? "wordStep" : "wordPhoto"]} `, name, " ", state);
  if (entry.state === "refused") {
    item.append(button(`again-${entry.key}`, panel.dataset.again, async () => {
      await update({ ...entry, state: "waiting", reason: "" });
      flush();
    }));
  }
  if (entry.state !== "sending") item.append(dropButton(entry));
  return item;
}

// Throwing away asks twice: the second press is on a button that says it is for good.
function dropButton(entry) {
  const isSure = asking.has(entry.key);
  const made = button(`drop-${entry.key}`, isSure ? panel.dataset.dropSure : panel.dataset.drop, async () => {
    if (!asking.has(entry.key)) {
      asking.add(entry.key);
    } else {
      for (const one of await waiting()) if (one.after === entry.key) await remove(one.key);
      await remove(entry.key);
    }
    await show();
  });
  if (isSure) made.dataset.rank = "grave";
  return made;
}

function button(name, words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.dataset.button = name;
  made.dataset.rank = "plain";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function isOpen(entry) {
  return entry.state !== "refused";
}

function open() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function asked(mode, act) {
  const database = await open();
  try {
    return await new Promise((done, failed) => {
      const transaction = database.transaction(STORE, mode);
      const wanted = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => done(wanted.result);
      transaction.onabort = transaction.onerror = () => failed(transaction.error);
    });
  } finally {
    database.close();
  }
}

function put(entry) {
  return asked("readwrite", (store) => store.put(entry));
}

// What was thrown away while it was being sent does not come back.
function update(entry) {
  return asked("readwrite", (store) => {
    const found = store.get(entry.key);
    found.onsuccess = () => found.result && store.put(entry);
    return found;
  });
}

function get(key) {
  return asked("readonly", (store) => store.get(key));
}

function remove(key) {
  return asked("readwrite", (store) => store.delete(key));
}

// What this person wrote at this bench, in the order of writing; a step before its photographs.
async function waiting() {
  const all = await asked("readonly", (store) => store.getAll());
  return all.filter((one) => one.person === person && one.bench === root.dataset.bench)
    .sort((one, other) => one.at - other.at);
}

// The page and its files are kept for when there is no network.
async function keepPage() {
  if (!("serviceWorker" in navigator)) return;
  const { worker } = root.dataset;
  await navigator.serviceWorker.register(worker, { scope: new URL("./", new URL(worker, location)).pathname });
  const { active } = await navigator.serviceWorker.ready;
  const files = [...document.querySelectorAll("link[href], script[src]")]
    .map((one) => one.href || one.src);
  const loaded = performance.getEntriesByType("resource").map((one) => one.name);
  active.postMessage({ keep: [...new Set([...files, ...loaded])], page: location.href, person });
}

// The kept page is not loaded again by itself, since somebody may be writing on it.
function waitForNetwork() {
  whenAnswered(() => {
    root.dataset.network = "yes";
    flush();
  });
}

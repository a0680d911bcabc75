// “My sessions” on a phone: kept for when there is no network, with marks for what is new to it.
import { whenAnswered } from "../ui/js/network.js";

const { person } = document.body.dataset;
const root = document.querySelector("[data-network]");
const SEEN = "/my-day-seen", TRIES = "timetable:tries";

if (root && person && "serviceWorker" in navigator) {
  const isKept = root.dataset.network === "no";
  days();
  if (isKept) waitForNetwork();
  else {
    sessionStorage.removeItem(TRIES);
    navigator.serviceWorker.register(root.dataset.worker, { scope: "/" }).then(keep, () => {});
  }
  marks(isKept).catch(() => {});
}

// The files this page was drawn with, and the page itself where it came before the worker did.
async function keep() {
  const { active } = await navigator.serviceWorker.ready;
  const files = performance.getEntriesByType("resource").map((one) => one.name);
  active.postMessage({ keep: [...new Set([...files, ...linked()])], person });
  const cache = await caches.open(`my-day-1-${person}`);
  const address = location.origin + location.pathname;
  if (!(await cache.match(address))) {
    const answer = await fetch(address, { redirect: "error" });
    if (answer.ok) await cache.put(address, answer);
  }
  root.dataset.kept = "yes";
}

function linked() {
  return [...document.querySelectorAll("link[href], script[src]")].map((one) => one.href || one.src)
    .filter((address) => new URL(address).pathname.startsWith("/static/"));
}

// The day may have changed since the copy was made: its sections are told anew what is today where
// their sessions are held, which need not be what the phone's own clock says.
function days() {
  if (root.dataset.network !== "no") return;
  for (const section of root.querySelectorAll("section[data-day]")) {
    const today = [...section.querySelectorAll("[data-zone]")].map((one) => todayIn(one.dataset.zone));
    section.querySelector("[data-today]").hidden = !today.includes(section.dataset.day);
    section.toggleAttribute("data-over", today.every((day) => section.dataset.day < day));
  }
}

// Swedish writes a date as year, month, day.
function todayIn(timeZone) {
  return new Date().toLocaleDateString("sv-SE", { timeZone });
}

// What differs from the version this device saw before; it stays marked until the next one comes.
async function marks(isKept) {
  const cache = await caches.open(`my-day-1-${person}`);
  const now = Object.fromEntries([...root.querySelectorAll("[data-session]")]
    .map((one) => [one.dataset.session, one.dataset.sign]));
  const known = await (await cache.match(SEEN))?.json() ?? { before: now, now };
  const isSame = JSON.stringify(sorted(known.now)) === JSON.stringify(sorted(now));
  const seen = isSame || isKept ? known : { before: known.now, now };
  if (!isKept) await cache.put(SEEN, Response.json(seen));
  for (const one of root.querySelectorAll("[data-session]")) {
    const before = seen.before[one.dataset.session];
    if (before === one.dataset.sign) continue;
    one.dataset.changed = before ? "changed" : "new";
    if (!one.querySelector("[data-mark]")) one.querySelector(`.what-is-new > [data-if-${one.dataset.changed}]`).hidden = false;
  }
}

function sorted(map) {
  return Object.entries(map).sort();
}

// Where a fresh page was to come and the copy came again, the next try is made later.
function waitForNetwork() {
  const tries = Number(sessionStorage.getItem(TRIES));
  whenAnswered(() => {
    sessionStorage.setItem(TRIES, String(tries + 1));
    location.reload();
  }, tries);
}

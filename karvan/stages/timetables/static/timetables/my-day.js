// “My sessions” on a phone: kept for when there is no network, with marks for what is new to it.
const { person } = document.body.dataset;
const root = document.querySelector("[data-network]");
const SEEN = "/my-day-seen";
const TRIED = "timetable:tried", LATER = 60000;

if (root && person && "serviceWorker" in navigator) {
  const isKept = root.dataset.network === "no";
  days();
  if (isKept) waitForNetwork();
  else navigator.serviceWorker.register(root.dataset.worker, { scope: "/" }).then(keep, () => {});
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

function waitForNetwork() {
  const again = () => fetch(location.pathname, { method: "HEAD", redirect: "manual", cache: "no-store" })
    .then(() => location.reload(), () => {});
  addEventListener("online", again);
  document.addEventListener("visibilitychange", () => document.hidden || again());
  setInterval(again, LATER);
  // It may have come back before this ran. Where it is only slow, a copy is not left at once again.
  const isTried = Date.now() - Number(sessionStorage.getItem(TRIED)) < LATER;
  if (!navigator.onLine || isTried) return;
  sessionStorage.setItem(TRIED, String(Date.now()));
  again();
}

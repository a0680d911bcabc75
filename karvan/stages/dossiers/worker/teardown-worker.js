// Keeps the page of one teardown and the files it is drawn with, for when there is no network.
// One cache a person; kept.js wipes it when he or she signs out and when somebody else signs in.
const PREFIX = "bench-1-";
const PAGE = /\/dossiers\/(\d+)\/teardown\/$/;
const PATIENCE = 5000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { keep, page, person } = event.data ?? {};
  if (keep && page && person) event.waitUntil(keepAll(person, page, keep).then(() =>
    event.source?.postMessage({ kept: true })));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && PAGE.test(url.pathname)) event.respondWith(page(request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
});

async function keepAll(person, page, files) {
  const cache = await caches.open(PREFIX + person);
  const own = files.map((one) => new URL(one, self.location.href))
    .filter((url) => url.origin === self.location.origin && url.pathname.startsWith("/static/"));
  const wanted = [bare(page), ...own.map((url) => url.href)];
  await Promise.all(wanted.map((address) => fetch(address, { redirect: "error" })
    .then((answer) => answer.ok && cache.put(address, answer)).catch(() => {})));
}

// The page from the network, and a copy of it kept; the copy where the network gives no answer.
async function page(request) {
  let answer;
  try {
    answer = await inTime(fetch(request));
  } catch {
    return (await copyOf(request)) ?? Response.error();
  }
  if (answer.ok && !answer.redirected) await keepPage(request, answer.clone());
  else if (answer.type === "opaqueredirect" || answer.status === 403) await wipe();
  return answer;
}

async function keepPage(request, answer) {
  const person = /<body[^>]* data-person="(\d+)"/.exec(await answer.clone().text())?.[1];
  await wipe((name) => name !== PREFIX + person);
  if (person) await (await caches.open(PREFIX + person)).put(bare(request.url), answer);
}

async function copyOf(request) {
  const copy = await caches.match(bare(request.url));
  if (!copy) return undefined;
  const text = (await copy.text()).replace('data-network="yes"', 'data-network="no"');
  return new Response(text, { status: 200, headers: copy.headers });
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (failure) {
    const copy = await caches.match(request);
    if (copy) return copy;
    throw failure;
  }
}

async function wipe(which = () => true) {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("bench-") && which(name))
    .map((name) => caches.delete(name)));
}

function bare(url) {
  const address = new URL(url);
  address.search = address.hash = "";
  return address.href;
}

function inTime(answer) {
  return Promise.race([answer, new Promise((_, fail) => setTimeout(fail, PATIENCE))]);
}

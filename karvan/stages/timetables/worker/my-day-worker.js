// Keeps “My sessions” and the files it is drawn with, for when there is no network. Nothing else.
// One cache a person; it is wiped when he or she signs out and when somebody else signs in.
const PREFIX = "my-day-", VERSION = `${PREFIX}1-`;
const PAGE = /^\/[a-z]{2}\/timetable\/mine\/$/;
const ACCOUNT = /^\/[a-z]{2}\/accounts\//, SIGN_IN = /^\/[a-z]{2}\/(demo\/)?sign-in\//;
const PATIENCE = 5000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(
  wipe((name) => !name.startsWith(VERSION)).then(() => self.clients.claim())));

self.addEventListener("message", (event) => {
  const { keep, person } = event.data ?? {};
  if (keep && person) event.waitUntil(keepFiles(person, keep));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  const isPosted = request.method !== "GET";
  if (request.mode === "navigate" && (SIGN_IN.test(url.pathname) || isPosted && ACCOUNT.test(url.pathname))) {
    event.waitUntil(wipe());
  } else if (isPosted) {
    return;
  } else if (request.mode === "navigate" && PAGE.test(url.pathname)) {
    event.respondWith(page(request));
  } else if (url.pathname.startsWith("/static/")) {
    event.respondWith(file(request));
  }
});

async function wipe(which = () => true) {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && which(name))
    .map((name) => caches.delete(name)));
}

// The page from the network, and a copy of it kept; the copy where the network gives no answer.
async function page(request) {
  let answer;
  try {
    answer = await inTime(fetch(request));
  } catch {
    return (await kept(request)) ?? Response.error();
  }
  if (answer.ok && !answer.redirected) await keepPage(request, answer.clone());
  else if (answer.type === "opaqueredirect" || answer.status === 403) await wipe();
  return answer;
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

async function keepPage(request, answer) {
  const person = /<body[^>]* data-person="(\d+)"/.exec(await answer.clone().text())?.[1];
  await wipe((name) => !person || name !== VERSION + person);
  if (person) await (await caches.open(VERSION + person)).put(address(request.url), answer);
}

async function keepFiles(person, files) {
  const cache = await caches.open(VERSION + person);
  const own = files.map((one) => new URL(one, self.location.href))
    .filter((url) => url.origin === self.location.origin && url.pathname.startsWith("/static/"));
  await Promise.all(own.map((url) => fetch(url.href)
    .then((answer) => answer.ok && cache.put(url.href, answer)).catch(() => {})));
}

// The copy in the language asked for, else in any; it says of itself that it is one.
async function kept(request) {
  const wanted = await caches.match(address(request.url));
  const copy = wanted ?? await anyPage();
  if (!copy) return undefined;
  const text = (await copy.text()).replace('data-network="yes"', 'data-network="no"');
  return new Response(text, { status: 200, headers: copy.headers });
}

async function anyPage() {
  for (const name of (await caches.keys()).filter((one) => one.startsWith(VERSION))) {
    const cache = await caches.open(name);
    const found = (await cache.keys()).find((one) => PAGE.test(new URL(one.url).pathname));
    if (found) return cache.match(found);
  }
  return undefined;
}

function address(url) {
  const bare = new URL(url);
  bare.search = bare.hash = "";
  return bare.href;
}

function inTime(answer) {
  return Promise.race([answer, new Promise((_, fail) => setTimeout(fail, PATIENCE))]);
}

// What a phone kept of somebody else's sessions and benches is thrown away when another person is signed in.
const own = document.body.dataset.person;
if ("caches" in window) {
  caches.keys().then((names) => names
    .filter((name) => /^(my-day|bench)-/.test(name) && (!own || !name.endsWith(`-${own}`)))
    .forEach((name) => caches.delete(name)), () => {});
}

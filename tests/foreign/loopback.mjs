// Keeps a verifier on this machine: any request that is not to the test's own server is refused.

export const port = process.argv[2];
export const file = process.argv[3];

if (!/^\d+$/.test(port ?? '') || !file) {
  console.error('usage: node <verifier>.mjs <port of did:web:localhost> <credential.json>');
  process.exit(2);
}

export const host = `localhost:${port}`;
export const origin = `https://${host}/`;

// A verifier may talk on the console; standard output is for its answer alone.
console.log = console.error;

const fetchAnywhere = globalThis.fetch;

globalThis.fetch = async (request, options) => {
  const address = typeof request === 'string' ? request : (request.url ?? request.href);
  if (!address.startsWith(origin)) {
    throw new TypeError(`refused: ${address} is not ${origin}`);
  }
  return fetchAnywhere(request, options);
};

export function answer(value) {
  process.stdout.write(JSON.stringify(value) + '\n');
}

// Asks the verifier of the Digital Credentials Consortium, the one behind verifierplus.org, and
// prints its log as one line of JSON: which of its steps passed, and which errors it named.

import { answer, file, port } from './loopback.mjs';
import { readFile } from 'node:fs/promises';
import { verifyCredential } from '@digitalcredentials/verifier-core';

const credential = JSON.parse(await readFile(file, 'utf8'));
const result = await verifyCredential({ credential, knownDIDRegistries: [] });

answer({
  verifier: '@digitalcredentials/verifier-core',
  port,
  steps: Object.fromEntries((result.log ?? []).map(step => [step.id, step.valid ?? null])),
  errors: (result.errors ?? []).map(error => error.name),
});

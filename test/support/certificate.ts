import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A certificate for `localhost` and its key, made now, with a file of it for a process to trust. */
export async function makeCertificate() {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
  });
  const folder = mkdtempSync(join(tmpdir(), 'planwatch-certificate-'));
  const file = join(folder, 'certificate.pem');
  writeFileSync(file, cert);
  return {
    tls: { cert, key },
    /** Makes a process trust it beside the usual ones. */
    environment: { NODE_EXTRA_CA_CERTS: file },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** What `--lan` says: where other computers find the page, what it will lack there, and how to mend that. */
import { networkInterfaces } from 'node:os';

/** @param {{ host: string, port: number, secure: boolean, command: string }} where */
export async function announceLan({ host, port, secure, command }) {
  const everywhere = host === '0.0.0.0' || host === '::';
  const others = everywhere ? ownAddresses() : [host];
  const addresses = [...(everywhere ? ['localhost'] : []), ...others].map((name) => addressOf(name, port, secure));
  console.log(['\n  Patchwork is at', ...addresses.map((address) => `    ${address}`)].join('\n'));
  const far = addresses.find((address) => !address.includes('localhost'));
  if (far === undefined) {
    console.log('\n  This computer is in no network: others cannot reach it.');
    return;
  }
  const code = await qrCode(far);
  if (code !== undefined) console.log(`\n${code}`);
  console.log(secure ? SECURE : lacks(far, command));
}

const SECURE = `
  Other computers get everything, if they trust this certificate: a browser that warns of it gives no copy that opens offline.
  The name or number in the address has to be one that the certificate names.`;

/** @param {string} address @param {string} command */
function lacks(address, command) {
  return `
  Over plain http, browsers on other computers give the page no WebGPU, one wasm thread instead of all cores, no copy that opens
  without this server, and little room to keep runs. On this computer, at localhost, nothing is missing. Four ways out:

    1. Open Patchwork once from a host with https: from then on it opens from the browser's own copy.
    2. Unzip patchwork-X.Y.Z.zip (npm run pack) on each computer and start it there: localhost counts as secure.
    3. ${command} --lan --cert FILE --key FILE, with a certificate that those computers trust (mkcert makes one).
    4. Managed Chrome or Edge: the policy OverrideSecurityRestrictionsOnInsecureOrigin: ["${new URL(address).origin}"]

  docs/hosting.md has them at length.`;
}

/** @param {string} name @param {number} port @param {boolean} secure */
function addressOf(name, port, secure) {
  return `${secure ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}:${port}/`;
}

/**
 * For a telephone's camera, as text; undefined where the package that draws it is not there (it is not in the zip).
 *
 * @param {string} address
 * @returns {Promise<string | undefined>}
 */
async function qrCode(address) {
  // By a name that is not looked up before it is needed: nothing else here wants a package.
  const packageName = 'uqr';
  try {
    const { renderUnicodeCompact } = await import(packageName);
    return String(renderUnicodeCompact(address, { border: 2 })).replace(/^/gm, '  ');
  } catch {
    return undefined;
  }
}

function ownAddresses() {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => address.family === 'IPv4' && !address.internal)
    .map((address) => address.address);
}

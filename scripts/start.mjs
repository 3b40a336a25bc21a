/** `npm start`: installs what is missing, builds when the sources changed, serves the page and says where. */
import { networkInterfaces } from 'node:os';
import { parseArgs } from 'node:util';
import { buildIfNeeded, DIST } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { createStaticServer, listen } from './serve.mjs';

const DEFAULT_PORT = 5173;
const HELP = `npm start -- [--port N] [--host ADDRESS]

  --port N         port to serve on; 0 takes any free one (default ${DEFAULT_PORT}, or the next free one)
  --host ADDRESS   address to listen on; 0.0.0.0 lets other computers in (default: this computer only)`;

const { port, host } = readOptions();
await installIfNeeded();
await buildIfNeeded();
announce(await listenSomewhere());
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));

function readOptions() {
  try {
    const { values } = parseArgs({
      options: { port: { type: 'string' }, host: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) {
      console.log(HELP);
      process.exit(0);
    }
    const wanted = values.port === undefined ? undefined : Number(values.port);
    if (wanted !== undefined && !(Number.isInteger(wanted) && wanted >= 0 && wanted <= 65_535)) {
      throw new Error(`--port must be a whole number from 0 to 65535, not "${values.port}".`);
    }
    return { port: wanted, host: values.host };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
    process.exit(2);
  }
}

/** The port asked for, or else the first free one from the default on. */
async function listenSomewhere() {
  for (let candidate = port ?? DEFAULT_PORT; ; candidate++) {
    try {
      return await (host === undefined ? listenLocally(candidate) : listen(createStaticServer(DIST), candidate, host));
    } catch (error) {
      const taken = codeOf(error) === 'EADDRINUSE';
      if (taken && port === undefined && candidate < DEFAULT_PORT + 100) continue;
      const reason = taken ? 'it is already in use' : error instanceof Error ? error.message : String(error);
      console.error(`Cannot serve on port ${candidate}: ${reason}. Choose another with: npm start -- --port N`);
      process.exit(1);
    }
  }
}

/**
 * Listens on both addresses that a browser may take "localhost" for, so that no other program answers there.
 *
 * @param {number} candidate
 */
async function listenLocally(candidate) {
  const server = createStaticServer(DIST);
  const chosen = await listen(server, candidate, '127.0.0.1');
  try {
    await listen(createStaticServer(DIST), chosen, '::1');
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') {
      server.close();
      throw error;
    }
    // Without IPv6 there is no second address.
  }
  return chosen;
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** @param {number} servedPort */
function announce(servedPort) {
  if (host === undefined) {
    console.log(`\n  Patchwork is at http://localhost:${servedPort}/\n\n  Press Ctrl+C to stop.`);
    return;
  }
  const everywhere = host === '0.0.0.0' || host === '::';
  console.log('\n  Patchwork is at');
  for (const address of everywhere ? ['localhost', ...ownAddresses()] : [host]) {
    console.log(`    http://${address.includes(':') ? `[${address}]` : address}:${servedPort}/`);
  }
  console.log(
    '\n  Browsers give WebGPU and wasm threads only to https pages and to localhost: other computers train on one wasm thread.',
  );
  console.log('\n  Press Ctrl+C to stop.');
}

function ownAddresses() {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => address.family === 'IPv4' && !address.internal)
    .map((address) => address.address);
}

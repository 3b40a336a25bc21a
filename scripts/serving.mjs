/** Serving a built page and saying where: what `npm start` and the packed zip have in common. Needs nothing but Node. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { announceLan } from './lan.mjs';
import { createSecureServer, createStaticServer, listen } from './serve.mjs';

const DEFAULT_PORT = 5173;

/** @typedef {{ port?: number, host?: string, identity?: { cert: Buffer, key: Buffer } }} Serving `host` undefined: this computer only */

/** @param {string} command how people start it */
const helpFor = (command) => `${command} [--port N] [--lan [--cert FILE --key FILE]] [--host ADDRESS]

  --port N         port to serve on; 0 takes any free one (default ${DEFAULT_PORT}, or the next free one)
  --lan            lets other computers in, and says what they will lack and how to mend it
  --cert FILE      with --lan: serves https, with a certificate (PEM) that these computers trust
  --key FILE       its key (PEM)
  --host ADDRESS   address to listen on (default: this computer only; with --lan all)`;

/**
 * Reads the command line; ends the process after help, and on wrong use.
 *
 * @param {string} command how people start it
 * @returns {Serving}
 */
export function readServing(command) {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        lan: { type: 'boolean' },
        cert: { type: 'string' },
        key: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      console.log(helpFor(command));
      process.exit(0);
    }
    return servingOf(values);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${helpFor(command)}`);
    process.exit(2);
  }
}

/**
 * @param {{ port?: string, host?: string, lan?: boolean, cert?: string, key?: string }} values
 * @returns {Serving}
 */
function servingOf({ port, host, lan, cert, key }) {
  const wanted = port === undefined ? undefined : Number(port);
  if (wanted !== undefined && !(Number.isInteger(wanted) && wanted >= 0 && wanted <= 65_535)) {
    throw new Error(`--port must be a whole number from 0 to 65535, not "${port}".`);
  }
  if ((cert === undefined) !== (key === undefined)) throw new Error('--cert and --key belong together: name both files.');
  if (cert !== undefined && !lan) throw new Error('--cert and --key are for --lan: on this computer alone http is secure.');
  return {
    ...(wanted === undefined ? {} : { port: wanted }),
    ...(host === undefined && !lan ? {} : { host: host ?? '0.0.0.0' }),
    ...(cert === undefined || key === undefined ? {} : { identity: { cert: readFileSync(cert), key: readFileSync(key) } }),
  };
}

/**
 * Serves `folder` until the process is stopped, and prints where. Ends the process when no port can be had.
 *
 * @param {string} folder @param {Serving} serving @param {string} command how people start it
 */
export async function serve(folder, serving, command) {
  const port = await listenSomewhere(folder, serving, command);
  if (serving.host === undefined) console.log(`\n  Patchwork is at http://localhost:${port}/`);
  else await announceLan({ host: serving.host, port, secure: serving.identity !== undefined, command });
  console.log('\n  Press Ctrl+C to stop.');
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
}

/**
 * The port asked for, or else the first free one from the default on.
 *
 * @param {string} folder @param {Serving} serving @param {string} command
 */
async function listenSomewhere(folder, { port, host, identity }, command) {
  for (let candidate = port ?? DEFAULT_PORT; ; candidate++) {
    try {
      if (host === undefined) return await listenLocally(folder, candidate);
      return await listen(identity ? createSecureServer(folder, identity) : createStaticServer(folder), candidate, host);
    } catch (error) {
      const taken = codeOf(error) === 'EADDRINUSE';
      if (taken && port === undefined && candidate < DEFAULT_PORT + 100) continue;
      const why = error instanceof Error ? error.message : String(error);
      const ofFiles = identity !== undefined && /^ERR_(OSSL|TLS|CRYPTO)/.test(String(codeOf(error)));
      if (ofFiles) console.error(`Certificate and key cannot be used: ${why}. Both have to be PEM files, and belong together.`);
      else
        console.error(
          `Cannot serve on port ${candidate}: ${taken ? 'it is already in use' : why}. Choose another: ${command} --port N`,
        );
      process.exit(1);
    }
  }
}

/**
 * Listens on both addresses that a browser may take "localhost" for, so that no other program answers there.
 *
 * @param {string} folder @param {number} candidate
 */
async function listenLocally(folder, candidate) {
  const server = createStaticServer(folder);
  const chosen = await listen(server, candidate, '127.0.0.1');
  try {
    await listen(createStaticServer(folder), chosen, '::1');
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

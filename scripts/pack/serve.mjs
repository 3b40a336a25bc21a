/** Serves Patchwork from the zip; needs Node 18 or newer, and nothing else. `node serve.mjs --help` says how. */
import { fileURLToPath } from 'node:url';
import { readServing, serve } from '../serving.mjs';

const COMMAND = 'node serve.mjs';

await serve(fileURLToPath(new URL('dist', import.meta.url)), readServing(COMMAND), COMMAND);

/** `npm start`: installs what is missing, builds when the sources changed, serves the page and says where. */
import { buildIfNeeded, DIST } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { readServing, serve } from './serving.mjs';

const COMMAND = 'npm start --';

const serving = readServing(COMMAND);
await installIfNeeded();
await buildIfNeeded();
await serve(DIST, serving, COMMAND);

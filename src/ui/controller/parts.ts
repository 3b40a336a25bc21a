/** What the controllers need only now and then. */
import { part } from '../parts/part.ts';

/** Files of weights, of ours and of others. */
export const WEIGHTS_FILE = part(() => import('../../io/foreign/weightsFile.ts'));
export const RUNS_DATABASE = part(() => import('./runsDatabase.ts'));

/** What the browser itself says of it differs from one to the next, and helps nobody. */
export const NO_DATABASE = 'This browser keeps no runs for the page: it gives it no database, as is usual in a private window.';

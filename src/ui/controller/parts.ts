/** What the controllers need only now and then. */
import { part } from '../parts/part.ts';

/** Files of weights, of ours and of others. */
export const WEIGHTS_FILE = part(() => import('../../io/foreign/weightsFile.ts'));
export const RUNS_DATABASE = part(() => import('./runsDatabase.ts'));

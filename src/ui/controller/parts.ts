/** What the controllers need only now and then. */
import { part } from '../parts/part.ts';

export const RUNS_DATABASE = part(() => import('./runsDatabase.ts'));

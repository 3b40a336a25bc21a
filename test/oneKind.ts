import { OBJECTIVE_FACTS, OBJECTIVE_NAMES } from '../src/config/objectives.ts';

/** The objectives that learn from samples of one kind: the others need several members. */
export const OF_ONE_KIND = OBJECTIVE_NAMES.filter((name) => !OBJECTIVE_FACTS[name].several);

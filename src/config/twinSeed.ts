/** Seeds of further runs beside the one of a seed. */

/** Between seeds of twins: further than seeds of one study lie apart. */
const APART = 100_003;
const SEEDS = 1_000_000_000;

/**
 * Seed of a further run beside that of a study's seed.
 *
 * @param twin which one, from 1
 */
export function twinSeed(seed: number, twin: number): number {
  return (seed + twin * APART) % SEEDS;
}

/** What the machine is capable of: the best rate at which any contender multiplies plain square matrices here. */
import type { Contender } from './contender.ts';
import type { Peak } from './report.ts';

const FIRST_SIDE = 128;
const LAST_SIDE = 4096;
/** Twice the side takes about eight times as long; it is not tried when that would be longer than this (ms). */
const LONGEST = 60;
/** Products are repeated for this long (ms), so that starting and ending them does not count. */
const TARGET = 30;
const MOST_REPEATS = 200;

export async function measurePeak(
  contenders: ReadonlyMap<string, Contender>,
  onContender: (name: string) => void,
): Promise<Peak | null> {
  let best: Peak | null = null;
  for (const [name, contender] of contenders) {
    const { multiply } = contender;
    if (multiply === undefined) continue;
    onContender(name);
    await contender.activate();
    for (let side = FIRST_SIDE; side <= LAST_SIDE; side *= 2) {
      const ms = await timeProduct(() => multiply(side), contender.settle);
      const gflops = (2 * side ** 3) / ms / 1e6;
      if (best === null || gflops > best.gflops) best = { gflops, side, contender: name };
      if (8 * ms > LONGEST) break;
    }
  }
  return best;
}

/** Milliseconds of one product, the best of three tries. */
async function timeProduct(multiply: () => Promise<void>, settle: () => Promise<void>): Promise<number> {
  const time = async (repeats: number): Promise<number> => {
    const started = performance.now();
    for (let i = 0; i < repeats; i++) await multiply();
    await settle();
    return (performance.now() - started) / repeats;
  };
  await time(1);
  const once = await time(1);
  const repeats = Math.min(MOST_REPEATS, Math.ceil(TARGET / once));
  return Math.min(once, await time(repeats), await time(repeats));
}

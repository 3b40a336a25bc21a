/** What the machine is capable of: the best rate at which any contender multiplies plain square matrices here. */
import type { Contender } from './contender.ts';
import type { Peak } from './report.ts';

const FIRST_SIDE = 128;
const LAST_SIDE = 4096;
/** A side is left when one product takes longer than this (ms); twice the side would take eight times as long. */
const LONGEST = 40;
/** Products are repeated for this long (ms), so that starting and ending them does not count. */
const TARGET = 60;
const MOST_REPEATS = 200;

export async function measurePeak(
  contenders: ReadonlyMap<string, Contender>,
  onContender: (name: string) => void,
): Promise<Peak | null> {
  let best: Peak | null = null;
  for (const [name, contender] of contenders) {
    onContender(name);
    await contender.activate();
    for (let side = FIRST_SIDE; side <= LAST_SIDE; side *= 2) {
      const ms = await timeProduct(contender, side);
      const gflops = (2 * side ** 3) / ms / 1e6;
      if (best === null || gflops > best.gflops) best = { gflops, side, contender: name };
      if (ms > LONGEST) break;
    }
  }
  return best;
}

/** Milliseconds of one product, the best of three tries. */
async function timeProduct(contender: Contender, side: number): Promise<number> {
  await time(contender, side, 1);
  let best = await time(contender, side, 1);
  const repeats = Math.min(MOST_REPEATS, Math.ceil(TARGET / best));
  for (let i = 0; i < 2; i++) best = Math.min(best, await time(contender, side, repeats));
  return best;
}

async function time(contender: Contender, side: number, repeats: number): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < repeats; i++) await contender.multiply(side);
  await contender.settle();
  return (performance.now() - started) / repeats;
}

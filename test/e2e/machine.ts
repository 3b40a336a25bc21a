/** How slow a machine is beside the one that times in tests were set on: what takes so long there takes so many times as long here. */
import type { Page } from '@playwright/test';

/** Milliseconds that the work below takes on two quiet cores of the machines that the times were set on. */
const REFERENCE = 20;

/** 1 or more: a quicker machine is not held to less. The best of several rounds, since others may be at work in between. */
export async function slowness(page: Page): Promise<number> {
  const took = await page.evaluate(() => {
    const rounds = Array.from({ length: 7 }, () => {
      const begun = performance.now();
      // Objects, text and sorting, as what a page does is made of.
      const rows = Array.from({ length: 40_000 }, (_, i) => ({ key: Math.imul(i, 2654435761) >>> 0, name: `row ${i}` }));
      rows.sort((a, b) => a.key - b.key);
      const text = rows.map(({ key, name }) => `${name}: ${key}`).join('\n');
      if (text.length === 0) throw new Error('nothing was made');
      return performance.now() - begun;
    });
    return Math.min(...rounds);
  });
  const slower = Math.max(1, took / REFERENCE);
  console.log(`this machine: ${took.toFixed(1)} ms where ${REFERENCE} are usual, so ${slower.toFixed(2)} times as slow`);
  return slower;
}

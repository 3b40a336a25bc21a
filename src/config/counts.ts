/** How many of a sample's tokens a mask ratio leaves. */

/** Patches in the context, m = n - floor(mask ratio * n), and never none (methods 1.1). */
export function contextCount(patches: number, maskRatio: number): number {
  // 0.7 * 10 is 6.999999999999999 in binary; the nudge keeps floor() at what a person would count.
  return Math.max(1, patches - Math.floor(maskRatio * patches + 1e-9));
}

/** Patches that stay visible, floor(n (1 - r)) (methods 2.1, 3.5). May be 0: `checkRun` refuses such runs. */
export function keptCount(patches: number, maskRatio: number): number {
  // 10 * (1 - 0.9) is 0.9999999999999998 in binary: nudged as above.
  return Math.floor(patches * (1 - maskRatio) + 1e-9);
}

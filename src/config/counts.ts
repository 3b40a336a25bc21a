/** How many patches a run has, and how many of them a mask ratio leaves. */
import type { CoreConfig } from './sections.ts';

/** A rule that a run breaks, and the setting to change. */
export interface Problem {
  path: string;
  message: string;
  /** The other settings that the rule reads: with all of them at their defaults it holds. */
  others?: readonly string[];
}

/** Patches on one side of the picture. */
export function gridSide(config: CoreConfig): number {
  return config.data.size / config.model.patch;
}

/** Patches of one picture (n). */
export function patchCount(config: CoreConfig): number {
  return gridSide(config) ** 2;
}

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

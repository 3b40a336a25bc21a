/**
 * Raised whenever the same settings on the same pictures give other numbers than before: other kernels do not count (they are held to
 * the same numbers), another default, sample, split, augmentation or built-in picture does. Results of another version are not mixed
 * with new ones.
 *
 * 1: measuring samples are drawn, stratified over classes; the split of files has a seed of its own; folders have one rule, and
 * pictures that stand twice are used once (0.4).
 */
export const RESULTS_VERSION = 1;

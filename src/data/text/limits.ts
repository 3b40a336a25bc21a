/** What texts may be brought. */
const MiB = 2 ** 20;

export const TEXT_LIMITS = {
  /** Largest file, in bytes. */
  fileBytes: 64 * MiB,
  /** Most tokens of one data set. */
  setTokens: 20_000_000,
  /** Longer runs of signs without a space are no words of a language: base64, minified code. */
  wordSigns: 200,
  /** With fewer samples a model learns them by heart. */
  fewSamples: 200,
} as const;

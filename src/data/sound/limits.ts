/** What sounds may be brought. */
const MiB = 2 ** 20;

export const SOUND_LIMITS = {
  /** Largest file, in bytes. */
  fileBytes: 512 * MiB,
  /** Longest sound, in seconds. */
  seconds: 30 * 60,
  /** Samples a second. */
  minRate: 4000,
  maxRate: 384_000,
  channels: 8,
  /** Largest sample: 1 is full scale, and what is far above it is not meant as one. */
  peak: 16,
  /** Quieter than this (root mean square, full scale is 1) is silence: -70 dB. */
  silence: 10 ** (-70 / 20),
} as const;

/** Sounds of the page as files. */

/** What is louder than a file can say is as loud as it can. */
export function to16Bit(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))));
}

/** "patchwork-the-placement-of-sample-2.wav" */
export function wavName(what: string): string {
  return `patchwork-${what.toLowerCase().replaceAll(/[^\p{Letter}\p{Number}]+/gu, '-')}.wav`;
}

/** 16-bit saw teeth that change pitch and level, with noise: the `clip` of test/reference/sound.py, whole numbers only. */
export function testClip(samples: number, seed: number): Int16Array<ArrayBuffer> {
  const clip = new Int16Array(samples);
  const states = lcg(seed);
  for (let i = 0; i < samples; i++) {
    const noise = (states() >>> 16) - 32768;
    const period = 40 + 3 * (Math.floor(i / 2048) % 16);
    const saw = Math.floor(((i % period) * 16000) / period) - 8000;
    clip[i] = Math.floor((saw * (1 + (Math.floor(i / 1024) % 4))) / 4) + Math.floor(noise / 32);
  }
  return clip;
}

/** The linear congruential generator of Numerical Recipes: 32-bit numbers that Python makes again. */
export function lcg(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
}

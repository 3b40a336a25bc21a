import { expect, it } from 'vitest';
import { bandsOfCepstrum, cepstrum, cosineTransform } from '../../../src/data/sound/cepstrum.ts';

it('64 coefficients hold their 64 bands, fewer a smoothed form of them', () => {
  const bands = Float64Array.from({ length: 64 }, (_, j) => 3 + Math.sin(j / 5) + (j % 2));
  const error = (coefficients: number): number => {
    const out = new Float64Array(coefficients);
    cepstrum(bands, cosineTransform(coefficients), out);
    const again = bandsOfCepstrum(Float32Array.from(out), coefficients);
    return bands.reduce((most, band, j) => Math.max(most, Math.abs(band - again[j])), 0);
  };
  expect(error(64)).toBeLessThan(1e-5);
  // What is left out is the zigzag of one, half above and half below.
  expect(error(32)).toBeGreaterThan(0.4);
  expect(error(32)).toBeLessThan(0.7);
});

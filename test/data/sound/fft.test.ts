import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { RealFft } from '../../../src/data/sound/fft.ts';
import { cosOfTurn, sinOfTurn } from '../../../src/data/sound/turns.ts';

function noise(size: number): Float64Array {
  const random = new Random(1, 'fft', size);
  return Float64Array.from({ length: size }, () => random.normal());
}

describe('the real FFT', () => {
  it.each([8, 16, 64, 256, 512, 2048])('is the sum that defines it (%i)', (size) => {
    const input = noise(size);
    const fft = new RealFft(size);
    fft.forward(input);
    for (let k = 0; k <= size / 2; k++) {
      let real = 0;
      let imaginary = 0;
      for (let j = 0; j < size; j++) {
        real += input[j] * Math.cos((2 * Math.PI * ((j * k) % size)) / size);
        imaginary -= input[j] * Math.sin((2 * Math.PI * ((j * k) % size)) / size);
      }
      expect(Math.abs(fft.real[k] - real)).toBeLessThan(1e-12 * size);
      expect(Math.abs(fft.imaginary[k] - imaginary)).toBeLessThan(1e-12 * size);
    }
  });

  it.each([8, 256, 512, 1024])('comes back (%i)', (size) => {
    const input = noise(size);
    const fft = new RealFft(size);
    const output = new Float64Array(size);
    fft.forward(input);
    fft.inverse(output);
    for (let i = 0; i < size; i++) expect(Math.abs(output[i] - input[i])).toBeLessThan(1e-14);
  });

  it('hears a pure tone in one bin', () => {
    const fft = new RealFft(256);
    fft.forward(Float64Array.from({ length: 256 }, (_, i) => cosOfTurn(7 * i, 256)));
    expect(fft.real[7]).toBeCloseTo(128, 12);
    expect(Math.max(...fft.real.filter((_, k) => k !== 7).map(Math.abs))).toBeLessThan(1e-13);
  });

  it('refuses other lengths than its own, instead of cutting', () => {
    expect(() => new RealFft(256).forward(new Float64Array(512))).toThrow(/512 numbers for an FFT of 256/);
    expect(() => new RealFft(256).inverse(new Float64Array(128))).toThrow(/128 numbers/);
    expect(() => new RealFft(480)).toThrow(/power of two/);
    expect(() => new RealFft(4)).toThrow(/at least 8/);
  });
});

describe('parts of a turn', () => {
  it.each([3, 8, 480, 512, 2 ** 32])('are cosine and sine (of %i)', (n) => {
    for (let k = 0; k < 600; k++) {
      const i = Math.floor((k * n * 2.5) / 600);
      const angle = 2 * Math.PI * ((i % n) / n);
      expect(Math.abs(cosOfTurn(i, n) - Math.cos(angle))).toBeLessThan(1e-15);
      expect(Math.abs(sinOfTurn(i, n) - Math.sin(angle))).toBeLessThan(1e-15);
    }
  });

  it('are exact at quarters', () => {
    expect([0, 1, 2, 3, 4, 9].map((i) => cosOfTurn(i, 4))).toEqual([1, 0, -1, 0, 1, 0]);
    expect([0, 1, 2, 3, 4, 9].map((i) => sinOfTurn(i, 4))).toEqual([0, 1, 0, -1, 0, 1]);
  });
});

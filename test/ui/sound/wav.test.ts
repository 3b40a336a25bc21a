import { expect, it } from 'vitest';
import { to16Bit, wavName } from '../../../src/ui/sound/wav.ts';

it('writes what was 16 bits before as it was, and cuts what is too loud', () => {
  const samples = Int16Array.of(-32_768, -1, 0, 1, 32_767);
  expect(to16Bit(Float32Array.from(samples, (sample) => sample / 32_768))).toEqual(samples);
  expect([...to16Bit(Float32Array.of(1.5, -1.5))]).toEqual([32_767, -32_768]);
});

it('names a file after what is heard', () => {
  expect(wavName('the placement of sample 2')).toBe('patchwork-the-placement-of-sample-2.wav');
});

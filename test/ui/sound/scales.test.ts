import { describe, expect, it } from 'vitest';
import { melBank } from '../../../src/data/sound/mel.ts';
import { frequencyMarks, timeMarks } from '../../../src/ui/sound/scales.ts';
import { PIECES } from '../../data/sound/frontEnds.ts';

describe('frequencies', () => {
  it('stand at the middle of the band that they are loudest in', () => {
    const bank = melBank(40, 512, 16_000, 80, 7600);
    for (const { text, share } of frequencyMarks(PIECES, 400)) {
      const frequency = { '2k': 2000, '500': 500, '7k': 7000, '100': 100 }[text] ?? Number.NaN;
      const bin = Math.round((frequency * 512) / 16_000);
      const weight = (band: number): number => {
        const at = bin - bank.first[band];
        return at < 0 || at >= bank.start[band + 1] - bank.start[band] ? 0 : bank.weights[bank.start[band] + at];
      };
      const bands = Array.from({ length: 40 }, (_, band) => weight(band));
      // Bins are 31 Hz apart: at 100 Hz that is two thirds of a band.
      expect(Math.abs(share * 40 - 0.5 - bands.indexOf(Math.max(...bands)))).toBeLessThan(1);
    }
  });

  it('give way to each other where there is no room', () => {
    const texts = (height: number): string[] => frequencyMarks(PIECES, height).map(({ text }) => text);
    expect(texts(144)).toEqual(['2k', '500', '7k', '100']);
    // The lowest is kept above the lower edge, where 500 is too near.
    expect(texts(72)).toEqual(['2k', '500', '7k']);
    expect(texts(24).length).toBeLessThan(4);
    for (const height of [24, 36, 48, 60]) {
      const shares = frequencyMarks(PIECES, height).map(({ share }) => share * height);
      for (const [i, a] of shares.entries())
        for (const b of shares.slice(i + 1)) expect(Math.abs(a - b)).toBeGreaterThanOrEqual(11);
    }
  });

  it('end with the highest band', () => {
    expect(frequencyMarks({ ...PIECES, high: 3800 }, 400).map(({ text }) => text)).not.toContain('7k');
  });
});

describe('times', () => {
  it('are round, and as many as there is room for', () => {
    expect(timeMarks(1.024, 400).map(({ text }) => text)).toEqual(['0 ms', '200', '400', '600', '800', '1,000']);
    expect(timeMarks(1.024, 120).map(({ text }) => text)).toEqual(['0 ms', '1,000']);
    expect(timeMarks(4.096, 600)[1]).toEqual({ text: '500', share: 500 / 4096 });
    expect(timeMarks(0.3, 40).map(({ text }) => text)).toEqual(['0 ms']);
  });
});

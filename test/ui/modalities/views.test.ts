import { describe, expect, it } from 'vitest';
import { MODALITY_NAMES } from '../../../src/config/modalities.ts';
import { defaultRun } from '../../../src/config/run.ts';
import { LOUDNESS_COLOURS } from '../../../src/ui/modalities/loudnessColours.ts';
import { viewOf } from '../../../src/ui/modalities/registry.ts';
import { soundView } from '../../../src/ui/modalities/sound.ts';
import { isStrip } from '../../../src/ui/modalities/view.ts';
import { runInfo } from '../fakes.ts';
import { CLIP, soundInfo } from '../soundRun.ts';

const pictures = runInfo(defaultRun());

it('knows every modality', () => {
  for (const name of MODALITY_NAMES) expect(viewOf(name).words.sample).not.toBe('');
});

describe('pictures', () => {
  const view = viewOf('picture');

  it('are drawn as they are, grey or coloured', () => {
    expect([...view.toRgba(Uint8Array.of(7, 9), 1)]).toEqual([7, 7, 7, 255, 9, 9, 9, 255]);
    expect([...view.toRgba(Uint8Array.of(1, 2, 3, 4, 5, 6), 3)]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
  });

  it('are square, and their cells have a row and a column', () => {
    expect(view.aspect(pictures.board)).toBe(1);
    expect(view.aspect(null)).toBe(1);
    expect(view.nameCell(6, pictures)).toBe('row 2, column 3');
    expect(view.distance(2.671, pictures)).toBe('2.67 patches');
  });
});

describe('sounds', () => {
  it('are strips', () => {
    expect(isStrip(soundView.aspect(CLIP))).toBe(true);
    expect(isStrip(soundView.aspect(null))).toBe(true);
  });

  it('have pieces with their time, and bands where they are cut into those too', () => {
    expect(soundView.nameCell(4, soundInfo(pictures, [16]))).toBe('piece 5, 256 to 320 ms');
    expect(soundView.nameCell(10, soundInfo(pictures, [5, 8], { tokens: 'patches' }))).toBe(
      'patch 3, band 4 of 5, 256 to 384 ms',
    );
    expect(soundView.nameCell(4, soundInfo(pictures, [100], { tokens: 'frames' }))).toBe('frame 5, 40 to 70 ms');
  });

  it('tell distances in milliseconds along a line only', () => {
    expect(soundView.distance(5.3125, soundInfo(pictures, [16]))).toBe('5.31 pieces, 340 ms');
    expect(soundView.distance(2, soundInfo(pictures, [5, 8], { tokens: 'patches' }))).toBe('2.00 patches');
  });

  it('say that times are of a full clip where files may be shorter', () => {
    const info = soundInfo(pictures, [16]);
    const own = {
      ...info,
      config: { ...info.config, data: { ...info.config.data, dataset: 'files' as const, modality: 'sound' as const } },
    };
    expect(soundView.nameCell(4, own)).toBe('piece 5, 256 to 320 ms of a full clip');
    expect(soundView.distance(5.3125, own)).toBe('5.31 pieces, 340 ms of a full clip');
  });

  it('grow lighter as they grow louder, without a step that stands out, in colours that screens have', () => {
    const rgba = soundView.toRgba(
      Uint8Array.from({ length: 256 }, (_, i) => i),
      1,
    );
    const light = Array.from(
      { length: 256 },
      (_, i) => 0.2126 * rgba[4 * i] + 0.7152 * rgba[4 * i + 1] + 0.0722 * rgba[4 * i + 2],
    );
    for (let i = 1; i < 256; i++) {
      expect(light[i] - light[i - 1]).toBeGreaterThanOrEqual(0);
      expect(light[i] - light[i - 1]).toBeLessThan(2.5);
    }
    expect([...rgba.subarray(0, 4)]).toEqual([...LOUDNESS_COLOURS.subarray(0, 3), 255]);
    // Violet: what is silent is not taken for a grey hole.
    expect(rgba[2] - rgba[1]).toBeGreaterThan(40);
  });
});

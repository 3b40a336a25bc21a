import { describe, expect, it } from 'vitest';
import { fieldOn } from '../../src/config/fieldOn.ts';
import { defaultRun } from '../../src/config/run.ts';
import { applySettings, fieldAt, SETTING_PATHS } from '../../src/config/settings.ts';

const pictures = defaultRun();
const sounds = applySettings(pictures, { 'data.dataset': 'syllables' });
const texts = applySettings(pictures, { 'data.dataset': 'tales' });
const bytes = applySettings(texts, { 'text.tokens': 'bytes' });

describe('fieldOn', () => {
  const titleOn = (config: typeof pictures) => {
    const field = fieldOn('task.objective', config);
    return field?.kind === 'choice' ? field.options.find(({ value }) => value === 'simmim')?.short : undefined;
  };

  it('calls objectives by what they are on such samples', () => {
    expect([titleOn(pictures), titleOn(texts), titleOn(bytes)]).toEqual(['SimMIM', 'BERT (masked words)', 'BERT (masked bytes)']);
    expect(fieldOn('task.objective', texts)).toBe(fieldOn('task.objective', texts));
  });

  it('speaks of pieces where sounds are cut, but not in settings of one modality', () => {
    expect(fieldOn('mp3.masked', sounds)).toMatchObject({ label: 'Masked pieces' });
    expect(fieldOn('task.maskRatio', sounds)?.help).toMatch(/^Share of pieces that are hidden/);
    expect(fieldOn('mae.target', sounds)).toMatchObject({ options: [{ label: 'normalised per piece' }, {}, {}, {}] });
    expect(fieldOn('sound.tokens', sounds)).toBe(fieldAt('sound.tokens'));
    expect(fieldOn('mp3.masked', sounds)).toBe(fieldOn('mp3.masked', sounds));
    const mp3 = fieldOn('task.objective', sounds);
    expect(mp3).toMatchObject({
      options: expect.arrayContaining([expect.objectContaining({ label: 'MP3: where does each piece belong?' })]),
    });
  });

  it('leaves every other setting as it is, and pictures have the names of the tables', () => {
    for (const path of SETTING_PATHS) {
      expect(fieldOn(path, pictures)).toEqual(fieldAt(path));
      if (path !== 'task.objective' && !/patch|pixel/i.test(JSON.stringify(fieldAt(path)))) {
        expect(fieldOn(path, texts)).toBe(fieldAt(path));
      }
    }
    expect(fieldOn('no.such', texts)).toBeUndefined();
  });
});

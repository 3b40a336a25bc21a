import { describe, expect, it } from 'vitest';
import { fieldOn } from '../../src/config/fieldOn.ts';
import { fieldAt, SETTING_PATHS } from '../../src/config/settings.ts';

describe('fieldOn', () => {
  const titleOf = (modality: 'picture' | 'text') => {
    const field = fieldOn('task.objective', modality);
    return field?.kind === 'choice' ? field.options.find(({ value }) => value === 'simmim')?.short : undefined;
  };

  it('calls objectives by what they are on such samples', () => {
    expect([titleOf('picture'), titleOf('text')]).toEqual(['SimMIM', 'BERT (masked words)']);
    expect(fieldOn('task.objective', 'text')).toBe(fieldOn('task.objective', 'text'));
  });

  it('speaks of pieces where sounds are cut, but not in settings of one modality', () => {
    expect(fieldOn('mp3.masked', 'sound')).toMatchObject({ label: 'Masked pieces' });
    expect(fieldOn('task.maskRatio', 'sound')?.help).toMatch(/^Share of pieces that are hidden/);
    expect(fieldOn('mae.target', 'sound')).toMatchObject({ options: [{ label: 'normalised per piece' }, {}] });
    expect(fieldOn('sound.tokens', 'sound')).toBe(fieldAt('sound.tokens'));
    expect(fieldOn('mp3.masked', 'sound')).toBe(fieldOn('mp3.masked', 'sound'));
    const mp3 = fieldOn('task.objective', 'sound');
    expect(mp3).toMatchObject({
      options: expect.arrayContaining([expect.objectContaining({ label: 'MP3: where does each piece belong?' })]),
    });
  });

  it('leaves every other setting as it is, and pictures have the names of the tables', () => {
    for (const path of SETTING_PATHS) {
      expect(fieldOn(path, 'picture')).toEqual(fieldAt(path));
      if (path !== 'task.objective' && !/patch/.test(JSON.stringify(fieldAt(path)))) {
        expect(fieldOn(path, 'text')).toBe(fieldAt(path));
      }
    }
    expect(fieldOn('no.such', 'text')).toBeUndefined();
  });
});

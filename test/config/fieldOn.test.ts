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

  it('leaves every other setting as it is, and pictures have the names of the tables', () => {
    for (const path of SETTING_PATHS) {
      expect(fieldOn(path, 'picture')).toEqual(fieldAt(path));
      if (path !== 'task.objective') expect(fieldOn(path, 'text')).toBe(fieldAt(path));
    }
    expect(fieldOn('no.such', 'text')).toBeUndefined();
  });
});

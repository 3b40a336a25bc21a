import { describe, expect, it } from 'vitest';
import { parseExportOptions } from '../../src/cli/export/options.ts';
import { HOME_PARTS } from '../../src/home/parts.ts';

describe('the words after export', () => {
  it('are a file, a folder and, if somebody wants only some, parts', () => {
    expect(parseExportOptions(['a.safetensors', '--to', 'out'])).toMatchObject({ file: 'a.safetensors', to: 'out' });
    expect(parseExportOptions(['a', '--to=out']).parts).toEqual(HOME_PARTS.map(({ id }) => id));
    expect(parseExportOptions(['a', '--to', 'out', '--parts', 'card,timm']).parts).toEqual(['card', 'timm']);
  });

  it('are refused with a way out', () => {
    expect(() => parseExportOptions([])).toThrow('Which file? export FILE --to FOLDER');
    expect(() => parseExportOptions(['a'])).toThrow('Where to?');
    expect(() => parseExportOptions(['a', 'b', '--to', 'out'])).toThrow('"b" is one file too many');
    expect(() => parseExportOptions(['a', '--too', 'out'])).toThrow('There is no option --too.');
    expect(() => parseExportOptions(['a', '--to', 'out', '--parts', 'torch'])).toThrow(
      /^--parts takes card, weights.*, not "torch"\.$/,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { asSplit, baseName, climbs, naturalCompare, tidyPath } from '../../src/data/files.ts';
import { named } from './makeFiles.ts';

describe('naturalCompare', () => {
  it('counts as people do', () => {
    expect(['10.jpg', '9.jpg', '1.jpg', '09.jpg'].sort(naturalCompare)).toEqual(['1.jpg', '09.jpg', '9.jpg', '10.jpg']);
  });

  it('compares numbers of any length exactly', () => {
    expect(naturalCompare('90071992547409931', '90071992547409932')).toBeLessThan(0);
  });

  it('keeps the files of a folder together', () => {
    expect(['a-b/1', 'a/2', 'a.b/3', 'a/1'].sort(naturalCompare)).toEqual(['a/1', 'a/2', 'a-b/1', 'a.b/3']);
  });

  it('is a total order', () => {
    const names = ['a', 'A', 'a1', 'a01', 'a1b', 'ä', '한글', '', 'a/b', '1', '01'];
    for (const a of names) {
      for (const b of names) {
        expect(Math.sign(naturalCompare(a, b)) + Math.sign(naturalCompare(b, a))).toBe(0);
        expect(naturalCompare(a, b) === 0).toBe(a === b);
      }
    }
  });
});

describe('tidyPath', () => {
  it('takes away what says where a path starts', () => {
    expect(tidyPath('/etc/x.png')).toBe('etc/x.png');
    expect(tidyPath('C:\\cats\\1.png')).toBe('cats/1.png');
    expect(tidyPath('./a//b/./c.png')).toBe('a/b/c.png');
  });

  it('writes an accent as one character', () => {
    expect(tidyPath('cafe\u0301/1.png')).toBe('caf\u00e9/1.png');
  });

  it('drops control characters and leaves other letters alone', () => {
    expect(tidyPath('고양이/\u001b[31m1.png')).toBe('고양이/[31m1.png');
  });

  it('leaves climbing to be seen', () => {
    expect(climbs(tidyPath('a/../../x.png'))).toBe(true);
    expect(climbs(tidyPath('..\\x.png'))).toBe(true);
    expect(climbs(tidyPath('a/..b/x...png'))).toBe(false);
  });
});

it('names the last part of a path', () => {
  expect(baseName('a/b/c.png')).toBe('c.png');
  expect(baseName('c.png')).toBe('c.png');
});

it('puts two sets of files side by side as a split', () => {
  const paths = asSplit([named('cats/1.png', 'x')], [named('more/cats/1.png', 'y')]).map(({ path }) => path);
  expect(paths).toEqual(['train/cats/1.png', 'test/more/cats/1.png']);
});

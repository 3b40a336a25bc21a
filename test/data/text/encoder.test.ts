import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { decodeIds, encoderOf, encodeText } from '../../../src/data/text/encoder.ts';
import { piecesOf } from '../../../src/data/text/offsets.ts';
import { learned, reference } from './tokenReference.ts';

const { pairs, words, bytes } = learned;

/** Every 31st character of Unicode, of all planes, in strings of 50 signs with spaces between some. */
function everyPlane(): string[] {
  const signs: string[] = [];
  for (let code = 0; code < 0x110000; code += 31) if (code < 0xd800 || code > 0xdfff) signs.push(String.fromCodePoint(code));
  return Array.from({ length: Math.ceil(signs.length / 50) }, (_, i) =>
    signs.slice(50 * i, 50 * i + 50).join(i % 3 === 0 ? ' ' : ''),
  );
}

/** Strings of characters that change when they are normalised, and of such as join others. */
function restless(count: number): string[] {
  const random = new Random(1, 'unicode');
  const signs: string[] = [];
  for (let code = 0; code < 0x30000; code++) {
    const sign = String.fromCodePoint(code);
    const changes = sign.normalize('NFKC') !== sign || sign.normalize('NFKD') !== sign || /\p{M}/u.test(sign);
    if (changes && (code < 0xd800 || code > 0xdfff)) signs.push(sign);
  }
  return Array.from({ length: count }, () => Array.from({ length: 30 }, () => random.pick(signs)).join(''));
}

describe('encodeText and decodeIds', () => {
  it('give every text back as it is normalised, in bytes and byte pairs', () => {
    for (const text of [...everyPlane(), ...reference.lines]) {
      for (const vocabulary of [pairs, bytes]) {
        const ids = encodeText(vocabulary, text);
        expect(decodeIds(vocabulary, ids)).toBe(text.normalize('NFC'));
        expect(Math.min(...ids)).toBeGreaterThanOrEqual(text === '' ? Number.POSITIVE_INFINITY : 3);
      }
    }
  });

  it('keep line ends, and marks of the start of a file inside', () => {
    const text = 'one\r\ntwo\rthree\n\n\ufefffour\u0000';
    for (const vocabulary of [pairs, bytes]) expect(decodeIds(vocabulary, encodeText(vocabulary, text))).toBe(text);
    const blanks = encodeText(words, '\ufeff the\r\n\u0085\u3000\ufefffarmer\ufeff');
    expect(blanks).toEqual(encodeText(words, 'the farmer'));
  });

  it('read half a surrogate pair as the sign for what cannot be read', () => {
    for (const vocabulary of [pairs, bytes]) {
      expect(decodeIds(vocabulary, encodeText(vocabulary, 'a\ud83d b\udc00c 👍'))).toBe('a\ufffd b\ufffdc 👍');
    }
  });

  it('read words in capitals, full width and with ligatures as the same', () => {
    expect(encodeText(words, 'ＴＨＥ Farmer')).toEqual(encodeText(words, 'the farmer'));
    expect(encodeText(pairs, 'THE')).not.toEqual(encodeText(pairs, 'the'));
    expect(encodeText(words, 'the zyxwv the')).toEqual(encodeText(words, 'the 12345 the'));
    expect(encodeText(words, 'zyxwv')).toEqual(Int32Array.of(2));
  });

  it('give nothing for nothing', () => {
    for (const vocabulary of [words, pairs, bytes]) {
      expect(encodeText(vocabulary, '')).toHaveLength(0);
      expect(decodeIds(vocabulary, [])).toBe('');
    }
  });

  it('say masked words and leave out empty places', () => {
    const ids = [...encodeText(words, 'the farmer')];
    expect(decodeIds(words, [ids[0], 1, ids[1], 2, 0, 0])).toBe('the <mask> farmer <unknown>');
    expect(decodeIds(pairs, [...encodeText(pairs, 'the'), 1, 0])).toBe('the<mask>');
  });

  it('do not change with what was encoded before', () => {
    const first = reference.lines.map(encoderOf(structuredClone(pairs)));
    const encoder = encoderOf(structuredClone(pairs));
    const backwards = reference.lines.toReversed().map((line) => encoder(line));
    expect(backwards.toReversed()).toEqual(first);
    expect(reference.lines.map((line) => encoder(line))).toEqual(first);
  });

  it('are quick with one long piece', () => {
    const start = performance.now();
    expect(decodeIds(pairs, encodeText(pairs, 'thefarmer'.repeat(10_000)))).toBe('thefarmer'.repeat(10_000));
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('piecesOf', () => {
  it('has the ids of encodeText', () => {
    for (const text of [...reference.lines, ...restless(100)]) {
      for (const vocabulary of [words, pairs, bytes]) {
        expect(piecesOf(vocabulary, text).map(({ id }) => id)).toEqual([...encodeText(vocabulary, text)]);
      }
    }
  });

  it('says where words stand in the text as it was given', () => {
    const text = 'ＴＨＥ  old Fa\u0301rmer ﬁne';
    expect(piecesOf(words, text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'ＴＨＥ',
      'old',
      'Fa\u0301rmer',
      'ﬁne',
    ]);
    expect(piecesOf(words, '한국어 문장 ㄱㅏㅁ').map(({ start, end }) => [start, end])).toEqual([
      [0, 3],
      [4, 6],
      [7, 10],
    ]);
  });

  it('covers the text without a gap, tokens within one character having all of it', () => {
    for (const text of [...reference.lines.slice(-40), ...restless(100)]) {
      for (const vocabulary of [pairs, bytes]) {
        let reached = 0;
        for (const { start, end } of piecesOf(vocabulary, text)) {
          if (start > reached || end < reached || end <= start) expect({ text, start, end }).toBe(`after ${reached}`);
          reached = end;
        }
        expect(reached).toBe(text.length);
      }
    }
    expect(piecesOf(bytes, 'a👍').map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      ...Array.from({ length: 4 }, () => [1, 3]),
    ]);
  });

  it('does not lose its place in any text', () => {
    // The first sign of a text ends before the text does.
    for (const text of restless(800)) expect(piecesOf(words, `a ${text}`)[0].end).toBe(1);
  });
});

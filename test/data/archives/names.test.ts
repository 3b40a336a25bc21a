import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../src/base/crc32.ts';
import { decodeNames, unicodePath } from '../../../src/data/archives/names.ts';

const hex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const decode = (...names: string[]) => decodeNames(names.map((name) => ({ bytes: hex(name) })));
const utf8 = (text: string) => new TextEncoder().encode(text);

describe('decodeNames', () => {
  it('takes UTF-8 whether it is declared or not', () => {
    expect(decodeNames(['Bären', '猫', 'plain'].map((name) => ({ bytes: utf8(name) })))).toEqual(['Bären', '猫', 'plain']);
  });

  // Written with Python's codecs.
  it.each([
    ['Shift-JIS', ['8381', '838d', '838f', '8341'], ['メ', 'ロ', 'ワ', 'ア']],
    ['Shift-JIS with kanji', ['944c2f30312e6a7067', '8ca22f30322e6a7067'], ['猫/01.jpg', '犬/02.jpg']],
    ['GBK', ['c3a82f30312e6a7067', 'b9b72f30322e6a7067', 'cdbcc6ac'], ['猫/01.jpg', '狗/02.jpg', '图片']],
    ['Big5', ['bfdf2f612e6a7067', 'aaaf2f622e6a7067'], ['貓/a.jpg', '狗/b.jpg']],
    ['EUC-KR', ['b0edbee7c0cc2f31', 'b0adbec6c1f62f32'], ['고양이/1', '강아지/2']],
    ['CP437', ['428472656e', '4b816865'], ['Bären', 'Kühe']],
    ['CP850', ['428472656e2f9b6c', '53c66f'], ['Bären/øl', 'São']],
    ['Windows-1252', ['42e472656e', '4bfc6865', '636166e9'], ['Bären', 'Kühe', 'café']],
    ['CP866', ['aaaee8aaa0', 'e1aea1a0aaa0'], ['кошка', 'собака']],
    ['Windows-1251', ['eaeef8eae8', 'f1eee1e0eae8'], ['кошки', 'собаки']],
    ['KOI8-R', ['cbcfdbcbc9', 'd3cfc2c1cbc9'], ['кошки', 'собаки']],
    ['Windows-1250', ['bff3b377', 'b3b96b61'], ['żółw', 'łąka']],
  ])('reads %s', (_, bytes, expected) => {
    expect(decode(...bytes)).toEqual(expected);
  });

  it('keeps names apart that differ in bytes, whatever they are', () => {
    const names = Array.from({ length: 256 }, (_, i) => ({ bytes: Uint8Array.of(0x61, i, 0xff, 255 - i) }));
    expect(new Set(decodeNames(names)).size).toBe(256);
    // The same text, once said in Unicode and once as it is stored.
    const [a, b] = decodeNames([{ bytes: hex('4284'), unicode: 'Bä' }, { bytes: utf8('Bä') }]);
    expect([a, b]).toEqual(['Bä', 'B%C3%A4']);
  });
});

describe('unicodePath', () => {
  const field = (name: Uint8Array, text: string, version = 1) => {
    const bytes = utf8(text);
    const extra = new Uint8Array(8 + 9 + bytes.length);
    const view = new DataView(extra.buffer);
    // Another field comes first.
    view.setUint16(0, 0x5455, true);
    view.setUint16(2, 4, true);
    view.setUint16(8, 0x7075, true);
    view.setUint16(10, 5 + bytes.length, true);
    extra[12] = version;
    view.setUint32(13, crc32(name), true);
    extra.set(bytes, 17);
    return extra;
  };

  it('is taken when it speaks of this name', () => {
    const name = hex('4284');
    expect(unicodePath(field(name, 'Bä'), name)).toBe('Bä');
    expect(unicodePath(field(hex('41'), 'Bä'), name)).toBeUndefined();
    expect(unicodePath(field(name, 'Bä', 2), name)).toBeUndefined();
    expect(unicodePath(new Uint8Array(3), name)).toBeUndefined();
  });
});

/** Bytes of text files, in the encodings that people bring and in those that are refused. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { decodeText, type Encoding } from '../../../src/data/text/encoding.ts';
import { refusalOf } from './refusalOf.ts';

const LANGUAGES = {
  german: 'Größe über alles? Äpfel, Öl und süße Früchte kosten 3 €.',
  thai: 'ฉันชอบแมวมาก แมวของฉันชอบปลา',
  japanese: '吾輩は猫である。名前はまだ無い。',
  arabic: 'القط يحب السمك. هل تحب القطط؟',
  hindi: 'मुझे बिल्लियाँ पसंद हैं। क्या आपको भी?',
  emoji: 'a 👩‍🚀 and a 🐈‍⬛ 𝔘𝔫𝔦𝔠𝔬𝔡𝔢',
};

function utf16(text: string, littleEndian: boolean, mark = false): Uint8Array {
  const codes = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  const view = new DataView(new ArrayBuffer(2 * (codes.length + (mark ? 1 : 0))));
  for (const [i, code] of [...(mark ? [0xfeff] : []), ...codes].entries()) view.setUint16(2 * i, code, littleEndian);
  return new Uint8Array(view.buffer);
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
const encodingOf = (bytes: Uint8Array): [Encoding, string] => [decodeText(bytes).encoding, decodeText(bytes).text];

describe('the text of a file', () => {
  it.each(Object.entries(LANGUAGES))('in %s is the same in UTF-8 and UTF-16, with and without a mark', (_, text) => {
    expect(encodingOf(utf8(text))).toEqual(['UTF-8', text]);
    expect(encodingOf(utf8(`\ufeff${text}`))).toEqual(['UTF-8', text]);
    expect(encodingOf(utf16(text, true, true))).toEqual(['UTF-16 LE', text]);
    expect(encodingOf(utf16(text, false, true))).toEqual(['UTF-16 BE', text]);
  });

  it('in UTF-16 without a mark is told by its zeros', () => {
    for (const text of [LANGUAGES.german, 'plain words', 'mixed: 猫 cat, 犬 dog and more of them']) {
      expect(encodingOf(utf16(text, true))).toEqual(['UTF-16 LE', text]);
      expect(encodingOf(utf16(text, false))).toEqual(['UTF-16 BE', text]);
    }
  });

  it('in UTF-16 without a mark is told by its spaces and stops where its letters have no zeros', () => {
    const [chinese, hebrew] = ['天地玄黄，宇宙洪荒。\n日月盈昃，辰宿列张。', 'חתול גדול ישן על עץ קטן'];
    for (const text of [chinese, hebrew, LANGUAGES.thai, LANGUAGES.japanese, LANGUAGES.arabic, LANGUAGES.hindi]) {
      expect(encodingOf(utf16(text, true))).toEqual(['UTF-16 LE', text]);
      expect(encodingOf(utf16(text, false))).toEqual(['UTF-16 BE', text]);
    }
  });

  it('in Windows-1252 has its euro sign and its quotes', () => {
    expect(encodingOf(latin('na\xefve caf\xe9 \x96 \x80 5, \x93so\x94'))).toEqual(['Windows-1252', 'naïve café – € 5, “so”']);
    // One sign beyond ASCII, at the very end: no beginning of a sign in UTF-8.
    expect(encodingOf(latin('un caf\xe9'))).toEqual(['Windows-1252', 'un café']);
    expect(decodeText(latin(`\x97\x97\x97\x97\x97 caf\xe9`)).encoding).toBe('Windows-1252');
  });

  it('has line ends of one kind, and no control signs', () => {
    const { text, replaced } = decodeText(utf8(`${'a'.repeat(300)}\r\nb\rc\u2028d\fe\0f\u001bg\u200b\ufeffh\ti`));
    expect(text).toBe(`${'a'.repeat(300)}\nb\nc\nd\n\ne f g\u200bh\ti`);
    expect(replaced).toBe(2);
  });

  it('is the same in stretches, whatever stands at their ends', () => {
    for (const [sign, tidy] of [
      ['\r\n', '\n'],
      ['🐈', '🐈'],
      ['\f', '\n\n'],
    ]) {
      const before = 'a'.repeat(2 ** 20 - 1);
      expect(decodeText(utf8(`${before}${sign}${before}`)).text).toBe(`${before}${tidy}${before}`);
    }
  });

  it('that ends in the middle of a sign is used up to there', () => {
    const bytes = utf8('süße Früchte, überall 👩');
    for (const missing of [1, 2, 3]) {
      expect(decodeText(bytes.subarray(0, bytes.length - missing))).toMatchObject({
        text: 'süße Früchte, überall ',
        encoding: 'UTF-8',
        isCutOff: true,
      });
    }
    const wide = utf16('cats 🐈', true, true);
    expect(decodeText(wide.subarray(0, wide.length - 1))).toMatchObject({ text: 'cats ', isCutOff: true });
    expect(decodeText(wide.subarray(0, wide.length - 2))).toMatchObject({ text: 'cats ', isCutOff: true });
    expect(decodeText(wide)).toMatchObject({ text: 'cats 🐈', isCutOff: false });
  });

  it('with a few wrong bytes among many sound ones is still UTF-8', () => {
    const bytes = new Uint8Array([...utf8('ä'.repeat(150)), 0xff, ...utf8(' and so on '.repeat(20))]);
    expect(decodeText(bytes)).toMatchObject({ encoding: 'UTF-8', replaced: 1 });
  });

  it('in other encodings is refused, not guessed', () => {
    const shiftJis = [0x8c, 0xe1, 0x94, 0x79, 0x82, 0xcd, 0x94, 0x4c, 0x82, 0xc5, 0x82, 0xa0, 0x82, 0xe9, 0x81, 0x42];
    const koi8 = [0xeb, 0xcf, 0xdb, 0xcb, 0xc1, 0x20, 0xc5, 0xd3, 0xd4, 0x20, 0xd2, 0xd9, 0xc2, 0xd5, 0x2e];
    const gb18030 = [0xce, 0xd2, 0xcf, 0xb2, 0xbb, 0xb6, 0xc3, 0xa8, 0xa1, 0xa3];
    for (const bytes of [shiftJis, koi8, gb18030]) {
      expect(refusalOf(() => decodeText(Uint8Array.from(bytes)))).toContain(
        'is in an encoding that cannot be told: save it as UTF-8',
      );
    }
    expect(refusalOf(() => decodeText(Uint8Array.of(0xff, 0xfe, 0, 0, 65, 0, 0, 0)))).toContain('is in UTF-32');
  });

  it('is refused where it is empty, too large or no text', () => {
    expect(refusalOf(() => decodeText(new Uint8Array(0)))).toBe('is empty (0 bytes).');
    expect(refusalOf(() => decodeText(new Uint8Array(64 * 2 ** 20 + 1).fill(65)))).toBe(
      'is 64 MiB large: 64 MiB are the most that is read.',
    );
    const random = new Random(1, 'bytes');
    const noise = Uint8Array.from({ length: 5000 }, () => random.below(256));
    expect(refusalOf(() => decodeText(noise))).toContain('is not text');
    expect(refusalOf(() => decodeText(new Uint8Array(1000)))).toContain('is not text');
  });

  it('is a text or a refusal, whatever the bytes are', () => {
    const random = new Random(7, 'fuzz');
    let texts = 0;
    for (let round = 0; round < 2000; round++) {
      const whole =
        round % 2 === 0 ? utf8(Object.values(LANGUAGES)[round % 6]) : utf16(Object.values(LANGUAGES)[round % 6], round % 4 === 1);
      const bytes = whole.slice(0, random.below(whole.length + 1));
      for (let k = random.below(4); k > 0 && bytes.length > 0; k--) bytes[random.below(bytes.length)] = random.below(256);
      const decoded = refusalOf(() => {
        const { text } = decodeText(bytes);
        texts++;
        expect(text).toMatch(/^(?:[\n\t]|[^\p{Cc}\p{Cs}\ufeff\ufffd])*$/u);
      });
      expect(decoded === undefined || /^is /.test(decoded)).toBe(true);
    }
    expect(texts).toBeGreaterThan(500);
  });
});

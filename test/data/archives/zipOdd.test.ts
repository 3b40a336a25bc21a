/** Archives as odd tools write them. */
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../src/base/crc32.ts';
import { listTar } from '../../../src/data/archives/tar.ts';
import { listZip } from '../../../src/data/archives/zip.ts';
import { BlobReader } from '../../../src/data/blobReader.ts';
import { Pace } from '../../../src/data/pace.ts';
import { ascii, joined, tar, tarEntry } from '../makeFiles.ts';

interface Stored {
  name: Uint8Array | string;
  content: string;
  flags?: number;
  extra?: Uint8Array;
}

const bytesOf = (name: Uint8Array | string) => (typeof name === 'string' ? new TextEncoder().encode(name) : name);

function record(length: number, values: readonly (readonly [at: number, bytes: 2 | 4, value: number])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(length));
  for (const [at, bytes, value] of values) bytes === 2 ? view.setUint16(at, value, true) : view.setUint32(at, value, true);
  return new Uint8Array(view.buffer);
}

/** A zip of stored files, byte for byte as told. */
function zipOf(
  files: readonly Stored[],
  comment = new Uint8Array(0),
  descriptor?: (crc: number, size: number) => Uint8Array,
): Uint8Array {
  const locals: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const { name, content, flags = 0, extra = new Uint8Array(0) } of files) {
    const [raw, data] = [bytesOf(name), ascii(content)];
    const crc = crc32(data);
    const sizes = descriptor === undefined ? [crc, data.length, data.length] : [0, 0, 0];
    const allFlags = descriptor === undefined ? flags : flags | 8;
    const local = joined(
      record(30, [
        [0, 4, 0x04034b50],
        [6, 2, allFlags],
        [14, 4, sizes[0]],
        [18, 4, sizes[1]],
        [22, 4, sizes[2]],
        [26, 2, raw.length],
      ]),
      raw,
      data,
      descriptor?.(crc, data.length) ?? new Uint8Array(0),
    );
    central.push(
      record(46, [
        [0, 4, 0x02014b50],
        [8, 2, allFlags],
        [16, 4, crc],
        [20, 4, data.length],
        [24, 4, data.length],
        [28, 2, raw.length],
        [30, 2, extra.length],
        [42, 4, offset],
      ]),
      raw,
      extra,
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = joined(...central);
  const end = record(22, [
    [0, 4, 0x06054b50],
    [8, 2, files.length],
    [10, 2, files.length],
    [12, 4, directory.length],
    [16, 4, offset],
    [20, 2, comment.length],
  ]);
  return joined(...locals, directory, end, comment);
}

async function list(bytes: Uint8Array, lister = listZip) {
  const { entries, refused } = await lister(new BlobReader(new Blob([new Uint8Array(bytes)])), 'a', new Pace(() => {}));
  const files = await Promise.all(entries.map(async (one) => [one.path.slice(2), String.fromCharCode(...(await one.read()))]));
  return { files: Object.fromEntries(files), paths: entries.map(({ path }) => path.slice(2)), refused };
}

describe('zip', () => {
  it('keeps names in Shift-JIS apart, and takes the Unicode field where it speaks of the name', async () => {
    const kana = ['83814131', '838d', '838f', '8341'].map((hex) =>
      Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
    );
    const { paths } = await list(zipOf(kana.map((name, i) => ({ name: joined(name, ascii(`/${i}`)), content: 'x' }))));
    expect(new Set(paths.map((path) => path.split('/')[0])).size).toBe(4);
    const name = Uint8Array.of(0x42, 0x84, 0x72);
    const field = (crc: number) => {
      const text = new TextEncoder().encode('Bär!');
      return joined(
        record(9, [
          [0, 2, 0x7075],
          [2, 2, 5 + text.length],
        ]).map((byte, i) => (i === 4 ? 1 : i > 4 ? (crc >>> (8 * (i - 5))) & 255 : byte)),
        text,
      );
    };
    expect((await list(zipOf([{ name, content: '1', extra: field(crc32(name)) }]))).paths).toEqual(['Bär!']);
    expect((await list(zipOf([{ name, content: '1', extra: field(7) }]))).paths).toEqual(['Bär']);
  });

  it('knows folders that end in a backslash', async () => {
    const { files, refused } = await list(
      zipOf([
        { name: 'dogs\\', content: '' },
        { name: 'dogs\\1.txt', content: 'wau' },
        { name: 'dogs\\old\\', content: '' },
      ]),
    );
    expect([files, refused]).toEqual([{ 'dogs/1.txt': 'wau' }, []]);
  });

  it('takes the later of two files of one name, and says so', async () => {
    const { files, refused } = await list(
      zipOf([
        { name: 'a.txt', content: 'old' },
        { name: 'b.txt', content: 'b' },
        { name: 'a.txt', content: 'new' },
      ]),
    );
    expect(files).toEqual({ 'a.txt': 'new', 'b.txt': 'b' });
    expect(refused).toEqual([{ name: 'a', reason: expect.stringMatching(/holds a file that is stored again later/) }]);
  });

  it('is not misled by a comment that looks like an end', async () => {
    const fake = record(22, [
      [0, 4, 0x06054b50],
      [8, 2, 1],
      [10, 2, 1],
      [12, 4, 10],
      [16, 4, 0],
    ]);
    const { files, refused } = await list(zipOf([{ name: 'a.txt', content: 'here' }], joined(ascii('see '), fake, ascii('...'))));
    expect([files, refused]).toEqual([{ 'a.txt': 'here' }, []]);
  });

  it.each([
    [
      '16 bytes',
      (crc: number, size: number) =>
        record(16, [
          [0, 4, 0x08074b50],
          [4, 4, crc],
          [8, 4, size],
          [12, 4, size],
        ]),
    ],
    [
      '12 bytes',
      (crc: number, size: number) =>
        record(12, [
          [0, 4, crc],
          [4, 4, size],
          [8, 4, size],
        ]),
    ],
    [
      '24 bytes',
      (crc: number, size: number) =>
        record(24, [
          [0, 4, 0x08074b50],
          [4, 4, crc],
          [8, 4, size],
          [16, 4, size],
        ]),
    ],
    [
      '20 bytes',
      (crc: number, size: number) =>
        record(20, [
          [0, 4, crc],
          [4, 4, size],
          [12, 4, size],
        ]),
    ],
  ])('finds files with descriptors of %s when the end is missing', async (_, descriptor) => {
    const whole = zipOf(
      [
        { name: 'a.txt', content: 'first' },
        { name: 'b.txt', content: 'second one' },
        { name: 'c.txt', content: '3' },
      ],
      undefined,
      descriptor,
    );
    const cut = whole.slice(0, whole.length - 30);
    expect((await list(cut)).files).toEqual({ 'a.txt': 'first', 'b.txt': 'second one', 'c.txt': '3' });
    expect((await list(whole)).files).toEqual({ 'a.txt': 'first', 'b.txt': 'second one', 'c.txt': '3' });
  });

  it('reads archives behind other bytes, as those that unpack themselves', async () => {
    const { files } = await list(joined(ascii('MZ program '), new Uint8Array(zipSync({ 'a.txt': ascii('x') }))));
    expect(files).toEqual({ 'a.txt': 'x' });
  });
});

describe('tar', () => {
  it('follows hard links to files of the archive, and takes the later of two of one name', async () => {
    const link = tarEntry({ name: 'linked.txt', type: '1' });
    const target = ascii('a.txt');
    link.set(target, 157);
    // The checksum covers what the link leads to.
    const sum = target.reduce(
      (total, byte) => total + byte,
      link.reduce((t, byte, i) => t + (i >= 148 && i < 156 ? 32 : i >= 157 && i < 162 ? 0 : byte), 0),
    );
    link.set(ascii(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    const bytes = joined(
      tarEntry({ name: 'a.txt', bytes: ascii('old') }),
      tarEntry({ name: 'b.txt', bytes: ascii('b') }),
      link,
      tarEntry({ name: 'b.txt', bytes: ascii('newer') }),
      tar(),
    );
    const { files, refused } = await list(bytes, listTar);
    expect(files).toEqual({ 'a.txt': 'old', 'linked.txt': 'old', 'b.txt': 'newer' });
    expect(refused).toEqual([{ name: 'a', reason: expect.stringMatching(/stored again later/) }]);
  });

  it('keeps names apart that are in no alphabet that is said', async () => {
    const latin = (byte: number) => {
      const entry = tarEntry({ name: 'B?r.txt', bytes: ascii(String(byte)) });
      entry[1] = byte;
      const sum = entry.subarray(0, 512).reduce((t, value, i) => t + (i >= 148 && i < 156 ? 32 : value), 0);
      entry.set(ascii(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
      return entry;
    };
    const { files } = await list(joined(latin(0xe4), latin(0xe5), tar()), listTar);
    expect(files).toEqual({ 'Bär.txt': '228', 'Bår.txt': '229' });
  });
});

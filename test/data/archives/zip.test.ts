import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { LIMITS } from '../../../src/config/limits.ts';
import { listZip } from '../../../src/data/archives/zip.ts';
import { BlobReader } from '../../../src/data/blobReader.ts';
import { Pace } from '../../../src/data/pace.ts';
import { ascii, joined, zip } from '../makeFiles.ts';

async function list(bytes: Uint8Array) {
  const { entries, refused } = await listZip(new BlobReader(new Blob([new Uint8Array(bytes)])), 'a.zip', new Pace(() => {}));
  const files: Record<string, string> = {};
  for (const entry of entries) {
    const read = await entry.read().then(
      (content) => String.fromCharCode(...content.subarray(0, 1000)),
      (error: Error) => `! ${error.message}`,
    );
    files[entry.path] = read;
  }
  return { entries, files, refused };
}

const CONTENT = { 'b/one.txt': ascii('1'), 'b/two.txt': ascii('2'.repeat(900)), '고양이.txt': ascii('miau') };
const LISTED = { 'a.zip/b/one.txt': '1', 'a.zip/b/two.txt': '2'.repeat(900), 'a.zip/고양이.txt': 'miau' };

/** Where a signature stands in the archive for the nth time. */
function find(bytes: Uint8Array, signature: string, nth = 0): number {
  const wanted = ascii(signature);
  let found = -1;
  for (let i = 0; i <= nth; i++) {
    found++;
    while (!wanted.every((byte, k) => bytes[found + k] === byte)) found++;
  }
  return found;
}

const LOCAL = 'PK\x03\x04';
const CENTRAL = 'PK\x01\x02';
const END = 'PK\x05\x06';

/** An archive whose sizes stand behind the data, as written by programs that stream. */
function streamed(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const [name, content] of Object.entries(files)) {
    const one = zip({ [name]: content });
    const data = one.slice(0, find(one, CENTRAL));
    const view = new DataView(data.buffer);
    const [crc, packed, size] = [14, 18, 22].map((at) => view.getUint32(at, true));
    for (const at of [14, 18, 22]) view.setUint32(at, 0, true);
    view.setUint16(6, view.getUint16(6, true) | 8, true);
    const descriptor = new DataView(new ArrayBuffer(16));
    for (const [i, value] of [0x08074b50, crc, packed, size].entries()) descriptor.setUint32(4 * i, value, true);
    parts.push(data, new Uint8Array(descriptor.buffer));
  }
  return joined(...parts);
}

describe('listZip', () => {
  it.each([0, 6] as const)('lists and unpacks files, at level %i', async (level) => {
    const { files, refused, entries } = await list(zip(CONTENT, level));
    expect(files).toEqual(LISTED);
    expect(refused).toEqual([]);
    const two = entries.find(({ path }) => path.endsWith('two.txt'));
    expect((await two?.head())?.subarray(0, 3)).toEqual(ascii('222'));
    expect(await (await two?.open())?.text()).toBe('2'.repeat(900));
  });

  it('finds its way in an archive with something in front and a comment behind', async () => {
    const archive = joined(ascii('#!/bin/sh\n'), zip(CONTENT), ascii('a comment'));
    archive[find(archive, END) + 20] = 9;
    expect((await list(archive)).files).toEqual(LISTED);
  });

  it('looks for files one by one where the list of contents is cut off', async () => {
    const archive = zip(CONTENT);
    const { files, refused } = await list(archive.subarray(0, find(archive, LOCAL, 2) + 20));
    expect(files).toEqual({ 'a.zip/b/one.txt': '1', 'a.zip/b/two.txt': '2'.repeat(900) });
    expect(refused).toEqual([{ name: 'a.zip', reason: expect.stringContaining('cut off') }]);
  });

  it('does so too where sizes stand behind the data', async () => {
    const { files, refused } = await list(streamed(CONTENT));
    expect(files).toEqual(LISTED);
    expect(refused).toHaveLength(1);
  });

  it('refuses what is encrypted or packed in an unknown way, and uses the rest', async () => {
    const archive = zip(CONTENT);
    archive[find(archive, CENTRAL) + 8] |= 1;
    archive[find(archive, CENTRAL, 1) + 10] = 9;
    const { files, refused } = await list(archive);
    expect(Object.keys(files)).toEqual(['a.zip/고양이.txt']);
    expect(refused).toEqual([
      { name: 'a.zip/b/one.txt', reason: expect.stringContaining('encrypted') },
      { name: 'a.zip/b/two.txt', reason: expect.stringContaining('Deflate64') },
    ]);
  });

  it('notices damage by the checksum', async () => {
    const archive = zip({ 'x.txt': ascii('hello') }, 0);
    archive[find(archive, 'hello')] ^= 1;
    expect((await list(archive)).files['a.zip/x.txt']).toMatch(/! .*checksum/);
  });

  it('stops a file that unpacks to more than it says', async () => {
    const archive = zip({ 'x.txt': new Uint8Array(2 ** 20) });
    new DataView(archive.buffer).setUint32(find(archive, CENTRAL) + 24, 100, true);
    expect((await list(archive)).files['a.zip/x.txt']).toMatch(/! .*zip bomb/);
  });

  it('does not start on files and archives that say they are too large', async () => {
    const archive = zip(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}.txt`, ascii('x')])));
    const view = new DataView(archive.buffer);
    for (let i = 0; i < 20; i++)
      view.setUint32(find(archive, CENTRAL, i) + 24, i === 0 ? LIMITS.entryBytes + 1 : LIMITS.entryBytes, true);
    const { entries, refused } = await list(archive);
    expect(refused[0]).toEqual({ name: 'a.zip/0.txt', reason: expect.stringContaining('64 MiB') });
    expect(entries).toHaveLength(14);
    expect(refused.at(-1)?.reason).toMatch(/1 GiB/);
  });

  it('reads zip64', async () => {
    const archive = zip({ 'x.txt': ascii('hello') }, 0);
    const [central, end] = [find(archive, CENTRAL), find(archive, END)];
    const extra = new DataView(new ArrayBuffer(28));
    extra.setUint16(0, 1, true);
    extra.setUint16(2, 24, true);
    extra.setUint32(4, 5, true);
    extra.setUint32(12, 5, true);
    const record = archive.slice(central, end);
    const view = new DataView(record.buffer);
    for (const at of [20, 24, 42]) view.setUint32(at, 0xffffffff, true);
    view.setUint16(30, 28, true);
    const end64 = new DataView(new ArrayBuffer(56));
    end64.setUint32(0, 0x06064b50, true);
    end64.setUint32(40, record.length + 28, true);
    end64.setUint32(48, central, true);
    const locator = new DataView(new ArrayBuffer(20));
    locator.setUint32(0, 0x07064b50, true);
    locator.setUint32(8, central + record.length + 28, true);
    const tail = archive.slice(end);
    new DataView(tail.buffer).setUint32(16, 0xffffffff, true);
    const parts = [archive.slice(0, central), record, extra, end64, locator].map((part) => new Uint8Array(part.buffer));
    const { files, refused } = await list(joined(...parts, tail));
    expect(refused).toEqual([]);
    expect(files).toEqual({ 'a.zip/x.txt': 'hello' });
  });

  it('survives any damage', async () => {
    const random = new Random(3, 'zip');
    for (const whole of [zip(CONTENT), zip(CONTENT, 0), streamed(CONTENT)]) {
      for (let i = 0; i < 150; i++) {
        const broken = whole.slice(0, i % 2 ? whole.length : 4 + random.below(whole.length));
        for (let k = 0; k < i % 6; k++) broken[random.below(broken.length)] = random.below(256);
        const { files } = await list(broken);
        for (const [path, content] of Object.entries(files)) {
          if (!content.startsWith('! ')) expect(Object.values(LISTED).concat(''), path).toContain(content);
        }
      }
    }
  });
});

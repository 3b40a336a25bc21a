/** The browser's decoder and the loader worker in a real browser, on tiny pictures. */

import { gzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { decodePicture } from '../../src/data/decode.browser.ts';
import type { PictureSet } from '../../src/data/pictures.ts';
import type { Dataset } from '../../src/data/samples.ts';
import { startLoader } from '../../src/worker/client.ts';
import { newParcel, unpack } from '../../src/worker/parcel.ts';
import type { LoaderEvent } from '../../src/worker/protocol.ts';
import { loadOnly, loadWith } from './loading.ts';

/** 16 x 12 pixels, the upper left quarter red and the rest blue, made with sharp. The animation's second frame is grey. */
const PICTURES = {
  png:
    'iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAMAAABcOc2zAAAABlBMVEUePMjcHh7hToeiAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEklEQVQImWNghAIG' +
    'GKCJAF0AAB48ADGoaoHjAAAAAElFTkSuQmCC',
  interlaced:
    'iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAAGTgppAAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAQElEQVQokWO4IycnZ3OCQc7mBIjC4N0BC+DnyIEp' +
    'FBlkeTlMVcRJ3MFlFOkSciRbLkeMq+7gsE+OvhpwSQycBgB6gdehVYqgKwAAAABJRU5ErkJggg==',
  jpeg:
    '/9j/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkU' +
    'DQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCAAMABADAREAAhEBAxEB/8QAFgABAQEAAAAAAAAA' +
    'AAAAAAAAAAYH/8QAGhABAAEFAAAAAAAAAAAAAAAAAAIEFVOi0f/EABYBAQEBAAAAAAAAAAAAAAAAAAAIBP/EABsRAQABBQEAAAAAAAAAAAAAAAADBhdU' +
    'otKj/9oADAMBAAIRAxEAPwDBL1R5tZcYbdVRibx9qtudSWZ5y8JdayDQAH//2Q==',
  webp: 'UklGRioAAABXRUJQVlA4TB0AAAAvD8ACAA9Qjwtx30N1/qOCWDDJX7pvDBH9n4AWBwA=',
  avif:
    'AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAANZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERA' +
    'AAEAAQAAAAAA+gABAAAAAAAAACkAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABhdjAxAAAAAA5waXRtAAAAAAABAAAAVmlwcnAAAAA4aXBjbwAA' +
    'AAxhdjFDgSACAAAAABRpc3BlAAAAAAAAABAAAAAMAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAgMAAAAxbWRhdBIACgg4DP7aQENB' +
    'pDIbRPCYyaAAPCAAABCOEyf7n0AHgmTXtrx3ljRu',
  gif:
    'R0lGODlhEAAMAIEAAExpcdweHh48yAAAACH5BAUAAAAALAAAAAAQAAwAAAIWjG+iq4jM3IFLJipswNnyD4biSJZiAQAh+QQFAAAAACwAAAAAEAAMAIBM' +
    'aXGAgIACDIyPqcvtD6OctNprCgA7',
  turnedJpeg:
    '/9j/4QC8RXhpZgAASUkqAAgAAAAGABIBAwABAAAABgAAABoBBQABAAAAVgAAABsBBQABAAAAXgAAACgBAwABAAAAAgAAABMCAwABAAAAAQAAAGmHBAAB' +
    'AAAAZgAAAAAAAAA4YwAA6AMAADhjAADoAwAABgAAkAcABAAAADAyMTABkQcABAAAAAECAwAAoAcABAAAADAxMDABoAMAAQAAAP//AAACoAQAAQAAAAwA' +
    'AAADoAQAAQAAABAAAAAAAAAA/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0OEQ4LCxAWEBETFBUVFQwPFxgWFBgSFBUU' +
    '/9sAQwEDBAQFBAUJBQUJFA0LDRQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU/8AAEQgAEAAMAwERAAIRAQMR' +
    'Af/EABYAAQEBAAAAAAAAAAAAAAAAAAYACP/EABoQAQABBQAAAAAAAAAAAAAAAAABAwU1grL/xAAWAQEBAQAAAAAAAAAAAAAAAAAIAAf/xAAbEQEAAQUB' +
    'AAAAAAAAAAAAAAAAAgQHNoKzg//aAAwDAQACEQMRAD8Ay4ZDOkkUXrGVteoCm3WUUm/OZ5XOxKs8+sBc1gNf/9k=',
  turnedWebp:
    'UklGRv4AAABXRUJQVlA4WAoAAAAIAAAACwAADwAAVlA4TB4AAAAvC8ADAA9Qjwtx30N1/qOCUABByN8ms2YKEf2POBdFWElGugAAAEV4aWYAAElJKgAI' +
    'AAAABgASAQMAAQAAAAYAAAAaAQUAAQAAAFYAAAAbAQUAAQAAAF4AAAAoAQMAAQAAAAIAAAATAgMAAQAAAAEAAABphwQAAQAAAGYAAAAAAAAAOGMAAOgD' +
    'AAA4YwAA6AMAAAYAAJAHAAQAAAAwMjEwAZEHAAQAAAABAgMAAKAHAAQAAAAwMTAwAaADAAEAAAD//wAAAqAEAAEAAAAMAAAAA6AEAAEAAAAQAAAAAAAA' +
    'AA==',
};

const TRANSPARENT =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAYAAADED76LAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEklEQVQY02P4z8DAgA8zjAwFAEGXP8F0eukAAAAAAElFTkSuQmCC';
/** 20,000 x 8 pixels. */
const WIDE =
  'iVBORw0KGgoAAAANSUhEUgAATiAAAAAIAQMAAAAmdV0FAAAAA1BMVEX///+nxBvIAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAKklEQVR42u3BMQ' +
  'EAAADCoPVPbQ0PoAAAAAAAAAAAAAAAAAAAAAAAAAB4Mk4oAAH3GyzKAAAAAElFTkSuQmCC';

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** A bitmap of 16 x 12 blue pixels, bottom up. */
function bitmap(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(54 + 16 * 12 * 3);
  bytes.set([0x42, 0x4d]);
  const view = new DataView(bytes.buffer);
  for (const [at, value] of [
    [2, bytes.length],
    [10, 54],
    [14, 40],
    [18, 16],
    [22, 12],
  ])
    view.setUint32(at, value, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let at = 54; at < bytes.length; at += 3) bytes.set([200, 60, 30], at);
  return bytes;
}

async function reasonFor(bytes: Uint8Array, name = 'x'): Promise<string> {
  return decodePicture(bytes, name).then(
    () => 'decoded',
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

describe('decodePicture in a browser', () => {
  it.each(Object.entries(PICTURES))('decodes %s the right way up', async (_, text) => {
    const { width, height, channels, data } = await decodePicture(fromBase64(text), 'x');
    expect({ width, height }).toEqual({ width: 16, height: 12 });
    const pixel = (x: number, y: number) => [...data.subarray((y * 16 + x) * channels, (y * 16 + x) * channels + 3)];
    const near = (colour: number[], wanted: number[]) => colour.every((value, c) => Math.abs(value - wanted[c]) < 12);
    expect(near(pixel(2, 2), [220, 30, 30]), `${pixel(2, 2)}`).toBe(true);
    for (const [x, y] of [
      [13, 2],
      [2, 9],
      [13, 9],
    ])
      expect(near(pixel(x, y), [30, 60, 200]), `${pixel(x, y)}`).toBe(true);
  });

  it('decodes bitmaps', async () => {
    expect([...(await decodePicture(bitmap(), 'x.bmp')).data.subarray(0, 4)]).toEqual([30, 60, 200, 255]);
  });

  it('keeps transparency', async () => {
    const { channels, data } = await decodePicture(fromBase64(TRANSPARENT), 'x');
    expect([channels, data[3]]).toEqual([4, 0]);
  });

  it('decodes several pictures side by side without mixing them up', async () => {
    const texts = Array.from({ length: 40 }, (_, i) => (i % 2 ? PICTURES.interlaced : PICTURES.webp));
    const [first, ...others] = await Promise.all(texts.map((text) => decodePicture(fromBase64(text), 'x')));
    for (const other of others) expect(other.data).toEqual(first.data);
  });

  it('refuses in words', async () => {
    expect(await reasonFor(fromBase64(WIDE))).toMatch(/20,000 x 8 pixels: a side may have 16,384/);
    expect(await reasonFor(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'x.svg')).toMatch(
      /SVG.*Export it as PNG/,
    );
    expect(await reasonFor(new TextEncoder().encode('II*\0\x08\0\0\0'), 'x.tif')).toMatch(/TIFF.*save it as PNG or JPEG/);
    for (const name of ['webp', 'jpeg', 'png'] as const) {
      const bytes = fromBase64(PICTURES[name]);
      expect(await reasonFor(bytes.subarray(0, bytes.length - 12)), name).toMatch(/BadDataError: cannot be decoded as/);
    }
  });
});

describe('the loader worker', () => {
  it('turns an archive into a data set, and a photo into a picture', async () => {
    const crashes: string[] = [];
    const loader = startLoader((message) => crashes.push(message));
    const events: LoaderEvent[] = [];
    const answered = new Promise<void>((resolve) => {
      loader.listen((event) => {
        events.push(event);
        if (new Set(events.filter(({ type }) => type !== 'progress').map(({ id }) => id)).size === 3) resolve();
      });
    });
    const pictures = zipSync({
      'pets/cat/1.jpg': fromBase64(PICTURES.jpeg),
      'pets/dog/2.png': fromBase64(PICTURES.png),
      'pets/notes.txt': Uint8Array.of(65),
    });
    const idx = gzipSync(
      Uint8Array.from({ length: 16 + 12 * 64 }, (_, i) => [0, 0, 8, 3, 0, 0, 0, 12, 0, 0, 0, 8, 0, 0, 0, 8][i] ?? 7),
    );
    const photo = new Blob([fromBase64(PICTURES.turnedJpeg)]);
    const photos = [newParcel<PictureSet>(), newParcel<PictureSet>()];
    const set = newParcel<Dataset>();
    const brought = [
      { path: 'me.jpg', file: photo },
      { path: 'me.txt', file: new Blob(['hello']) },
    ];
    for (const [i, file] of brought.entries()) {
      const { door } = photos[i];
      loader.send(
        { type: 'sample', id: i + 1, file, modality: 'picture', options: loadOnly('picture', { size: 8 }), channels: 3, door },
        [door.port],
      );
    }
    const files = [
      { path: 'pets.zip', file: new Blob([new Uint8Array(pictures)]) },
      { path: 'a.idx3.gz', file: new Blob([new Uint8Array(idx)]) },
    ];
    loader.send({ type: 'load', id: 3, files, options: loadWith({ size: 8, seed: 1, classLevel: 'auto' }), door: set.door }, [
      set.door.port,
    ]);
    await answered;
    expect(crashes).toEqual([]);
    const [first, second, third] = [1, 2, 3].map((id) => events.find((event) => event.id === id && event.type !== 'progress'));
    expect(first).toEqual({ type: 'sample', id: 1, isLong: false });
    expect(await unpack(photos[0].parcel)).toMatchObject({ count: 1, size: 8, channels: 3 });
    expect(second).toMatchObject({ type: 'error', error: { message: 'is a text, not a picture.' } });
    expect(third).toMatchObject({
      type: 'loaded',
      report: {
        used: 14,
        refused: [{ name: '1 text', reason: 'left out: this is a set of pictures. For instance pets.zip/pets/notes.txt.' }],
      },
    });
    expect(await unpack(set.parcel)).toMatchObject({
      train: { channels: 3, classes: ['cat', 'dog', 'no class'], count: 13 },
      heldOut: { count: 1 },
    });
  });
});

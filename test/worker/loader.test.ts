import { afterEach, describe, expect, it } from 'vitest';
import { BadDataError } from '../../src/base/errors.ts';
import { decoders } from '../../src/cli/decoders.ts';
import type { DecodePicture } from '../../src/data/decode.ts';
import type { NamedFile } from '../../src/data/files.ts';
import type { PictureSet } from '../../src/data/pictures.ts';
import type { Raster } from '../../src/data/resize.ts';
import type { Dataset } from '../../src/data/samples.ts';
import { openChannel } from '../../src/worker/channel.ts';
import { serveLoader } from '../../src/worker/loader.ts';
import { newParcel, type Parcel, unpack } from '../../src/worker/parcel.ts';
import type { LoaderCommand, LoaderEvent } from '../../src/worker/protocol.ts';
import { asPictures } from '../asPictures.ts';
import { loadOnly, loadWith } from '../data/loading.ts';

const PNG = '\x89PNG\r\n\x1a\n';
const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** Decodes the ninth byte of a "picture" into 8 x 8 pixels of that value. */
const decode: DecodePicture = async (bytes) => {
  if (bytes[8] === 0) throw new BadDataError('is black.');
  return grey(bytes[8] ?? 0);
};

function grey(value: number): Raster {
  return { width: 8, height: 8, channels: 1, data: new Uint8Array(64).fill(value) };
}

function picture(path: string, value: number): NamedFile {
  return { path, file: new Blob([Uint8Array.from(PNG, (letter) => letter.charCodeAt(0)), Uint8Array.of(value)]) };
}

/** A loader at the other end of a real channel, and everything that it says. */
function start(decoder = decode) {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serveLoader(port2, { ...decoders, picture: decoder });
  const events: LoaderEvent[] = [];
  const waiting: (() => void)[] = [];
  const channel = openChannel<LoaderCommand, LoaderEvent>(port1);
  channel.listen((event) => {
    events.push(event);
    for (const check of waiting) check();
  });
  const hear = <T extends LoaderEvent['type']>(type: T, id: number) =>
    new Promise<Extract<LoaderEvent, { type: T }>>((resolve) => {
      const check = () => {
        const event = events.find((other): other is Extract<LoaderEvent, { type: T }> => other.type === type && other.id === id);
        if (event !== undefined) resolve(event);
      };
      waiting.push(check);
      check();
    });
  const load = (id: number, files: NamedFile[]): Parcel<Dataset> => {
    const { door, parcel } = newParcel<Dataset>();
    ports.push(parcel.port);
    channel.send({ type: 'load', id, files, options: OPTIONS, door }, [door.port]);
    return parcel;
  };
  const readPhoto = (id: number, file: NamedFile): Parcel<PictureSet> => {
    const { door, parcel } = newParcel<PictureSet>();
    ports.push(parcel.port);
    channel.send(
      { type: 'sample', id, file, modality: 'picture', options: loadOnly('picture', { size: 16 }), channels: 3, door },
      [door.port],
    );
    return parcel;
  };
  return { load, readPhoto, cancel: () => channel.send({ type: 'cancel' }), events, hear };
}

const OPTIONS = loadWith({ size: 8 });

describe('serveLoader', () => {
  it('answers files with a data set and a report', async () => {
    const { load, hear, events } = start();
    const files = [...Array.from({ length: 20 }, (_, i) => picture(`set/${i}.png`, i + 1)), picture('set/bad.png', 0)];
    const parcel = load(7, files);
    const { dataset: told, report } = await hear('loaded', 7);
    const dataset = await unpack(parcel);
    const { fingerprint } = dataset;
    expect(fingerprint?.all.count).toBe(20);
    expect(told).toEqual({ name: 'set (20 pictures)', modality: 'picture', fingerprint });
    expect(report).toMatchObject({ used: 20, refused: [{ name: 'set/bad.png', reason: 'is black.' }] });
    expect(dataset).toMatchObject({
      name: 'set (20 pictures)',
      train: { count: 18 },
      heldOut: { count: 2 },
      heldOutIsTrain: false,
    });
    expect(asPictures(dataset.train).pixels).toHaveLength(18 * 192);
    expect(events.filter(({ type }) => type === 'progress').length).toBeGreaterThan(0);
  });

  it('keeps both names of one set', async () => {
    const { load, hear } = start();
    const parcel = load(1, [picture('a.png', 9)]);
    await hear('loaded', 1);
    const dataset = await unpack(parcel);
    expect(dataset.heldOutIsTrain).toBe(true);
    expect(dataset.heldOut).toEqual(dataset.train);
    expect(asPictures(dataset.train).pixels[0]).toBe(9);
  });

  it('leaves the data set out when there is nothing to use', async () => {
    const { load, hear } = start();
    load(1, [picture('a.png', 0)]);
    const event = await hear('loaded', 1);
    expect(event).not.toHaveProperty('dataset');
    expect(event.report.refused).toHaveLength(1);
  });

  it('drops a load for a later one', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { load, hear, events } = start(async (bytes, name) => {
      if (name === 'slow.png') await gate;
      return decode(bytes, name);
    });
    load(1, [picture('slow.png', 1), picture('x.png', 1)]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    load(2, [picture('b.png', 2)]);
    await hear('loaded', 2);
    release();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(events.filter(({ type, id }) => id === 1 && type !== 'progress')).toEqual([]);
  });

  it('stops reading when told to', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { load, cancel, hear, events } = start(async (bytes, name) => {
      if (name === 'slow.png') await gate;
      return decode(bytes, name);
    });
    load(1, [picture('slow.png', 1), picture('x.png', 1)]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    cancel();
    await new Promise((resolve) => setTimeout(resolve, 20));
    release();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(events.filter(({ type }) => type !== 'progress')).toEqual([]);
    load(2, [picture('b.png', 2)]);
    await hear('loaded', 2);
  });

  it('reads a photo, also while files are loading', async () => {
    const { load, readPhoto, hear } = start();
    load(1, [picture('a.png', 1)]);
    const parcel = readPhoto(2, picture('me.png', 77));
    expect(await hear('sample', 2)).toEqual({ type: 'sample', id: 2, isLong: false });
    const photo = await unpack(parcel);
    expect(photo).toEqual({
      modality: 'picture',
      pixels: new Uint8Array(768).fill(77),
      count: 1,
      size: 16,
      channels: 3,
      classes: [],
    });
    await hear('loaded', 1);
  });

  it('says why a photo cannot be read, without its name: the page knows which', async () => {
    const { readPhoto, hear } = start();
    readPhoto(3, picture('holiday/me.png', 0));
    expect((await hear('error', 3)).error).toMatchObject({ name: 'BadDataError', message: 'is black.' });
  });

  it('reports a bug as an error', async () => {
    const { load, hear } = start(() => Promise.reject(new TypeError('oops')));
    load(4, [picture('a.png', 1)]);
    expect((await hear('error', 4)).error).toMatchObject({ name: 'TypeError', message: 'oops' });
  });
});

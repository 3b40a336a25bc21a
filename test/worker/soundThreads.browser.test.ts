/** The loader of a page, with the workers that it starts for sounds. */
import { expect, it } from 'vitest';
import type { Dataset, Samples } from '../../src/data/samples.ts';
import { startLoader } from '../../src/worker/client.ts';
import { newParcel, unpack } from '../../src/worker/parcel.ts';
import type { LoaderEvent } from '../../src/worker/protocol.ts';
import { loadOnly, loadWith } from '../data/loading.ts';
import { tone, wav } from '../data/sound/makeSounds.ts';

function sound(hertz: number, seconds: number): Blob {
  const samples = Int16Array.from(tone(hertz, seconds, 16_000), (one) => one * 32_767);
  return new Blob([new Uint8Array(wav({ rate: 16_000, data: new Uint8Array(samples.buffer) }))]);
}

it('reads sounds in a page, and names those that it cannot use', async () => {
  const crashes: string[] = [];
  const loader = startLoader((message) => crashes.push(message));
  const events: LoaderEvent[] = [];
  const answered = new Promise<void>((resolve) => {
    loader.listen((event) => {
      if (event.type !== 'progress') events.push(event);
      if (events.length === 2) resolve();
    });
  });
  const [set, one] = [newParcel<Dataset>(), newParcel<Samples>()];
  const files = [
    ...Array.from({ length: 12 }, (_, i) => ({ path: `s/${'ab'[i % 2]}/${i}.wav`, file: sound(200 + 10 * i, 0.5) })),
    { path: 's/broken.flac', file: new Blob(['fLaC and no more']) },
  ];
  loader.send({ type: 'load', id: 1, files, options: loadWith({}), door: set.door }, [set.door.port]);
  const file = { path: 'long.wav', file: sound(300, 6) };
  loader.send({ type: 'sample', id: 2, file, modality: 'sound', options: loadOnly('sound'), channels: 1, door: one.door }, [
    one.door.port,
  ]);
  await answered;
  expect(crashes).toEqual([]);
  expect(events.find(({ id }) => id === 1)).toMatchObject({
    type: 'loaded',
    dataset: { modality: 'sound' },
    report: { used: 12, refused: [{ name: 's/broken.flac', reason: expect.stringMatching(/FLAC/) }] },
  });
  expect(events.find(({ id }) => id === 2)).toEqual({ type: 'sample', id: 2, isLong: true });
  expect(await unpack(set.parcel)).toMatchObject({ train: { modality: 'sound', classes: ['a', 'b'], count: 11 } });
  expect(await unpack(one.parcel)).toMatchObject({ modality: 'sound', count: 1 });
});

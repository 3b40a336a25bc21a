import { describe, expect, it } from 'vitest';
import { decoders } from '../../src/cli/decoders.ts';
import type { SettingValue } from '../../src/config/field.ts';
import { withObjective } from '../../src/config/presets.ts';
import { defaultRun } from '../../src/config/run.ts';
import { withSetting } from '../../src/config/settings.ts';
import type { DecodePicture } from '../../src/data/decode.ts';
import type { NamedFile } from '../../src/data/files.ts';
import { loadFiles } from '../../src/data/load.ts';
import type { Dataset } from '../../src/data/samples.ts';
import { type SoundSet, synthesisedSet } from '../../src/data/sound/soundSet.ts';
import { SoundTokenizer } from '../../src/data/sound/soundTokenizer.ts';
import { INFO_KEYS } from '../../src/io/checkpoint.ts';
import { writeSafetensors } from '../../src/io/safetensors.ts';
import { sayOtherData, writeSavedData } from '../../src/io/savedData.ts';
import { loadOnly } from '../data/loading.ts';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const OPTIONS = loadOnly('picture', { size: 8, seed: 1, classLevel: 'auto' });
const EVEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/** Decodes to one colour, a little another one in another place. */
const decoder =
  (error: number): DecodePicture =>
  async (bytes) => ({ width: 8, height: 8, channels: 1, data: new Uint8Array(64).fill((bytes[8] ?? 0) + error) });

function picture(path: string, value: number): NamedFile {
  return { path, file: new Blob([Uint8Array.of(...PNG, value)]) };
}

const folder = (name: string, values: readonly number[]): NamedFile[] =>
  values.map((value) => picture(`${name}/${value % 2 === 0 ? 'even' : 'odd'}/${value}.png`, value));

async function load(files: readonly NamedFile[], options = OPTIONS, error = 0): Promise<Dataset> {
  const { dataset } = await loadFiles(files, options, { ...decoders, picture: decoder(error) }, () => {});
  if (dataset === undefined) throw new Error('nothing was read');
  return dataset;
}

function weightsOf(
  dataset: Dataset,
  name: SettingValue = 'files',
  objective: 'mp3' | 'supervised' = 'mp3',
  said: Readonly<Record<string, string>> = {},
): Uint8Array {
  const config = withSetting(withObjective(defaultRun(), objective), 'data.dataset', name);
  const data = writeSavedData(dataset);
  return writeSafetensors([{ name: 'patch_embed.proj.weight', shape: [1, 3, 1, 1], data: new Float32Array(3) }], {
    [INFO_KEYS.config]: JSON.stringify(config),
    ...(data === undefined ? {} : { [INFO_KEYS.data]: data }),
    ...said,
  });
}

describe('weights of files that meet files', () => {
  it('have nothing to say of the same pictures, wherever they lie and whoever decodes them', async () => {
    const weights = weightsOf(await load(folder('here', EVEN)));
    expect(sayOtherData(weights, await load(folder('here', EVEN)))).toBeUndefined();
    expect(sayOtherData(weights, await load(folder('moved', EVEN), OPTIONS, 1))).toBeUndefined();
    expect(sayOtherData(weights, await load(folder('here', EVEN), { ...OPTIONS, size: 16 }))).toBeUndefined();
    expect(sayOtherData(weights, await load(folder('here', EVEN), { ...OPTIONS, classLevel: 'none' }))).toBeUndefined();
  });

  it('say what they learned from where it is something else', async () => {
    const weights = weightsOf(await load(folder('birds', EVEN)));
    for (const values of [[...EVEN, 12], EVEN.slice(1), EVEN.map((value) => value + 20)]) {
      expect(sayOtherData(weights, await load(folder('birds', values)))).toBe(
        'These weights come from other pictures: birds (12 pictures, 2 classes). What is held out here may have been trained on.',
      );
    }
  });

  it('say so where the same pictures are held out otherwise, or were not held out at all', async () => {
    const given = [...folder('all/train', EVEN), ...folder('all/test', [20, 21])];
    const apart = await load(given);
    const flat = await load(folder('all', [...EVEN, 20, 21]));
    expect(sayOtherData(weightsOf(flat), apart)).toMatch(/^These weights come from the same pictures, held out otherwise\. What/);
    const few = weightsOf(await load(folder('few', [0, 1, 2, 3])));
    const tested = await load([...folder('few/train', [0, 1]), ...folder('few/test', [2, 3])]);
    expect(sayOtherData(few, tested)).toMatch(/^These weights come from all of these pictures: nothing was held out\. What/);
  });

  it('are content where only training pictures were added: what is held out here was held out there', async () => {
    const test = folder('set/test', [20, 21]);
    const weights = weightsOf(await load([...folder('set/train', EVEN), ...test]));
    expect(sayOtherData(weights, await load([...folder('set/train', EVEN.slice(2)), ...test]))).toBeUndefined();
  });

  it('say that a classifier learned other classes', async () => {
    const dataset = await load(folder('here', EVEN));
    const renamed = EVEN.map((value) => picture(`here/${value % 2 === 0 ? 'a' : 'b'}/${value}.png`, value));
    const relabelled = await load(renamed);
    expect(sayOtherData(weightsOf(dataset, 'files', 'supervised'), relabelled)).toBe(
      'These weights learned other classes of the same files.',
    );
    expect(sayOtherData(weightsOf(dataset), relabelled)).toBeUndefined();
    const named = { [INFO_KEYS.classes]: JSON.stringify(['even', 'odd', ...'abcdef']) };
    expect(sayOtherData(weightsOf(dataset, 'files', 'supervised', named), relabelled)).toBe(
      'These weights learned other classes of the same files: "even", "odd", "a", "b", "c", "d" and 2 more.',
    );
  });

  it('say nothing where nothing is known: drawn pictures, old files, broken words', async () => {
    const dataset = await load(folder('here', EVEN));
    const other = await load(folder('here', EVEN.slice(1)));
    expect(sayOtherData(weightsOf(dataset, 'scenes'), other)).toBeUndefined();
    const { fingerprint: _, ...old } = dataset;
    expect(writeSavedData(old)).toBeUndefined();
    expect(sayOtherData(weightsOf(old), other)).toBeUndefined();
    expect(sayOtherData(weightsOf(dataset), old)).toBeUndefined();
    const tensors = [{ name: 'patch_embed.proj.weight', shape: [1, 3, 1, 1], data: new Float32Array(3) }];
    const config = JSON.stringify(withSetting(defaultRun(), 'data.dataset', 'files'));
    for (const text of ['{', 'null', '{"name":"x","all":{"count":1},"heldOut":null}']) {
      const broken = writeSafetensors(tensors, { [INFO_KEYS.config]: config, [INFO_KEYS.data]: text });
      expect(sayOtherData(broken, other)).toBeUndefined();
    }
  });
});

describe('weights of sounds that meet sounds', () => {
  const clips = (sourceRate: number): Dataset => {
    const set = { ...synthesisedSet({ set: 'drums', seed: 1, split: 'train' }, 1.024, 4, ['a', 'b']), sourceRate };
    return { name: 'Drums', train: set, heldOut: set, heldOutIsTrain: true };
  };
  const learned = (recipe: object): Uint8Array =>
    writeSafetensors([{ name: 'patch_embed.proj.weight', shape: [1, 1, 3, 40], data: new Float32Array(120) }], {
      [INFO_KEYS.config]: JSON.stringify(withSetting(defaultRun(), 'data.dataset', 'drums')),
      [INFO_KEYS.tokens]: JSON.stringify(recipe),
    });

  it('say that bands are others where files have another rate, which no shape tells', () => {
    const { train } = clips(16_000) as { train: SoundSet };
    const { recipe } = new SoundTokenizer(withSetting(defaultRun(), 'data.dataset', 'drums'), train);
    expect(sayOtherData(learned(recipe), clips(16_000))).toBeUndefined();
    expect(sayOtherData(learned(recipe), clips(8000))).toBe(
      'These weights learned bands up to 7.6 kHz; here they end at 3.8 kHz, so that each is of another pitch.',
    );
    expect(sayOtherData(learned({ modality: 'picture', high: 7 }), clips(8000))).toBeUndefined();
    expect(sayOtherData(learned([]), clips(8000))).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { INFO_KEYS, writeCheckpoint } from '../../src/io/checkpoint.ts';
import { readCheckpointInfo } from '../../src/io/checkpointInfo.ts';
import { encoderShape } from '../../src/io/encoderShape.ts';
import { writeSafetensors } from '../../src/io/safetensors.ts';
import { placeParameters, zeros } from '../../src/model/parameters.ts';

const STEM = { name: 'patch_embed.proj.weight', shape: [12, 8], init: zeros, window: [2, 2, 3] };
const SAID = {
  mean: [120.5, 110, 100],
  deviation: [60, 50.25, 40],
  classes: ['dog', 'the "cat"', 'Vögel'],
  pooling: 'mean',
  heads: 4,
  version: '0.4.0',
} as const;

function saved(said: Partial<typeof SAID>): Uint8Array {
  return writeCheckpoint(placeParameters([STEM]), new Float32Array(96), { step: 3, channels: 3, config: '{}', ...said });
}

function withMetadata(said: Readonly<Record<string, string>>): Uint8Array {
  return writeSafetensors([{ name: STEM.name, shape: [8, 3, 2, 2], data: new Float32Array(96) }], said);
}

describe('what a file of weights says of itself', () => {
  it('comes back: statistics, classes, read-out, heads, version', () => {
    expect(readCheckpointInfo(saved(SAID))).toMatchObject(SAID);
  });

  it('is unknown of files that do not say it', () => {
    for (const key of Object.keys(SAID)) expect(readCheckpointInfo(saved({}))).not.toHaveProperty(key);
  });

  it('is not believed where it is not as we write it', () => {
    const bad: [keyof typeof INFO_KEYS, string[]][] = [
      ['classes', ['dog', '[]', '[1]', '{"length":1}', '["a"', '{"__proto__":{"polluted":1}}']],
      ['pooling', ['max', '"mean"', '']],
      ['heads', ['0', '-1', '1.5', 'many', '1e99']],
      ['version', ['', 'x', '1', '<b>1.2.3</b>']],
    ];
    for (const [key, values] of bad) {
      for (const value of values) expect(readCheckpointInfo(withMetadata({ [INFO_KEYS[key]]: value }))).not.toHaveProperty(key);
    }
    const statistics = [
      ['[1]', '[0]'],
      ['[1]', '[1,2]'],
      ['[1e999]', '[1]'],
      ['[1]', '["1"]'],
    ];
    for (const [mean = '', deviation = ''] of statistics) {
      const info = readCheckpointInfo(withMetadata({ [INFO_KEYS.mean]: mean, [INFO_KEYS.deviation]: deviation }));
      expect(info).not.toHaveProperty('mean');
      expect(info).not.toHaveProperty('deviation');
    }
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('tells the heads of an encoder whose settings nobody knows', () => {
    expect(encoderShape(saved({}))).not.toHaveProperty(['model.heads']);
    expect(encoderShape(saved(SAID))).toMatchObject({ 'model.heads': 4, 'model.width': 8 });
  });
});

import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../src/base/errors.ts';
import { openModel } from '../../src/home/openModel.ts';
import type { HomeFile } from '../../src/home/part.ts';
import { weights } from '../../src/home/weights.ts';
import { readSafetensors, writeSafetensors } from '../../src/io/safetensors.ts';
import { readHeader } from '../../src/io/safetensorsHeader.ts';
import { homeModel, KINDS, kindNamed, savedModel } from './homeModels.ts';

/** The numbers, without what is said of them. */
const dataOf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(readHeader(bytes).dataStart));

describe('a model to take home', () => {
  it.each(KINDS)('is made of what was saved: $name', (kind) => {
    for (const channels of [1, 3] as const) {
      const bytes = savedModel(kind, channels);
      const model = openModel(bytes);
      expect(model.step).toBe(7);
      expect(model.config.task.objective).toBe(kind.objective);
      const [file] = weights.build(model) as Iterable<HomeFile>;
      expect(dataOf(file.bytes).equals(dataOf(bytes))).toBe(true);
    }
  });

  it('is refused where a file does not say which run it is of', () => {
    const { tensors } = readSafetensors(savedModel(kindNamed('MAE')));
    expect(() => openModel(writeSafetensors(tensors))).toThrow(CheckpointError);
    expect(() => openModel(writeSafetensors(tensors))).toThrow('only what Patchwork saved can be taken home');
  });

  it('knows how many classes it tells apart', () => {
    expect(homeModel(kindNamed('labels')).subject.classes).toBe(3);
    expect(homeModel(kindNamed('MAE')).subject.classes).toBe(0);
  });
});

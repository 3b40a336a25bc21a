import { describe, expect, it } from 'vitest';
import { Pace } from '../../../src/data/pace.ts';
import { openCifar } from '../../../src/data/sources/cifar.ts';
import { cifar } from '../makeFiles.ts';

const open = (bytes: Uint8Array) => openCifar(new Blob([new Uint8Array(bytes)]), new Pace(() => {}), 'Reading');

describe('openCifar', () => {
  it('reads CIFAR-10', async () => {
    const batch = await open(cifar([[3], [9]]));
    expect(batch).toMatchObject({ count: 2, labels: Uint8Array.of(3, 9), namesFile: 'batches.meta.txt' });
    expect(batch.classNames[3]).toBe('cat');
    const { data, ...size } = await batch.read(1);
    expect(size).toEqual({ width: 32, height: 32, channels: 3 });
    expect([...data.subarray(0, 6)]).toEqual([10, 20, 30, 10, 20, 30]);
  });

  it('reads CIFAR-100, of whose labels the fine one counts', async () => {
    const batch = await open(
      cifar([
        [19, 99],
        [0, 5],
      ]),
    );
    expect(batch).toMatchObject({ count: 2, labels: Uint8Array.of(99, 5), namesFile: 'fine_label_names.txt' });
    expect(batch.classNames).toHaveLength(100);
  });

  it('refuses other lengths, and labels out of range', async () => {
    await expect(open(cifar([[3]]).subarray(0, 3000))).rejects.toThrow(/3,000 bytes are not a whole number/);
    await expect(open(new Uint8Array(0))).rejects.toThrow(/no CIFAR batch/);
    await expect(open(cifar([[3], [10]]))).rejects.toThrow(/labels are out of range/);
    await expect(open(cifar([[20, 0]]))).rejects.toThrow(/labels are out of range/);
  });
});

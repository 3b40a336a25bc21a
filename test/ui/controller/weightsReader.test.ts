import { beforeEach, describe, expect, it } from 'vitest';
import { defaultRun } from '../../../src/config/run.ts';
import { WeightsReader } from '../../../src/ui/controller/weightsReader.ts';
import { type FakeWorkplace, fakeWorkplace } from '../fakes.ts';

let workplace: FakeWorkplace;
let reader: WeightsReader;
beforeEach(() => {
  workplace = fakeWorkplace();
  reader = new WeightsReader(workplace);
});

const file = new File(['x'], 'vit.pth');
const shown = () => workplace.store.getState().weights;

describe('WeightsReader', () => {
  it('shows how far a file is, and ends its worker with the answer', async () => {
    const read = reader.read(file);
    const [worker] = workplace.weights;
    expect(worker?.take()).toEqual([{ type: 'read', file }]);
    expect(shown()).toMatchObject({ file: 'vit.pth', done: 0 });
    worker?.says({ type: 'progress', task: 'Reading tensors', done: 3, total: 9 });
    expect(shown()).toMatchObject({ task: 'Reading tensors', done: 3, total: 9 });
    worker?.says({ type: 'read', weights: new Blob(), config: defaultRun(), notes: ['so'] });
    expect(await read).toMatchObject({ notes: ['so'] });
    expect(worker?.ended).toBe(true);
    expect(shown()).toBeNull();
  });

  it('stops in the middle when somebody says so, or chooses another file', async () => {
    const first = reader.read(file);
    const second = reader.keep(new File(['y'], 'other.pth'), 'other');
    expect(await first).toBeNull();
    expect(workplace.weights.map(({ ended }) => ended)).toEqual([true, false]);
    expect(shown()?.file).toBe('other.pth');
    reader.cancel();
    expect(await second).toBeNull();
    expect(workplace.weights.at(-1)?.ended).toBe(true);
    expect(shown()).toBeNull();
  });

  it('reads and copies kept runs beside the file that somebody waits for, and shows nothing of it', async () => {
    const chosen = reader.bring(file, 'vit.pth');
    const opened = reader.open('a');
    const copied = reader.duplicate('a', 'a (2)');
    const exported = reader.export('b');
    const [bringing, opening, copying, exporting] = workplace.weights;
    expect(exporting?.take()).toEqual([{ type: 'export', id: 'b' }]);
    exporting?.says({ type: 'exported', file });
    expect(await exported).toBe(file);
    expect(opening?.take()).toEqual([{ type: 'open', id: 'a' }]);
    expect(copying?.take()).toEqual([{ type: 'duplicate', id: 'a', name: 'a (2)' }]);
    expect(shown()?.file).toBe('vit.pth');
    opening?.says({ type: 'bytes', bytes: Uint8Array.of(7) });
    copying?.says({ type: 'error', error: { name: 'StorageFullError', message: 'There is no room.' } });
    expect(await opened).toEqual(Uint8Array.of(7));
    await expect(copied).rejects.toThrow('There is no room.');
    expect(workplace.weights.map(({ ended }) => ended)).toEqual([false, true, true, true]);
    bringing?.says({ type: 'bytes', bytes: Uint8Array.of(8) });
    expect(await chosen).toEqual(Uint8Array.of(8));
    expect(shown()).toBeNull();
  });

  it('says why there is nothing, of a worker that broke down too', async () => {
    const refused = reader.read(file);
    workplace.weights.at(-1)?.says({ type: 'error', error: { name: 'CheckpointError', message: 'It is a sonnet.' } });
    await expect(refused).rejects.toThrow('It is a sonnet.');
    const broken = reader.read(file);
    workplace.weights.at(-1)?.crash('out of memory');
    await expect(broken).rejects.toThrow('Reading it stopped (out of memory); probably memory ran out.');
    expect(shown()).toBeNull();
  });
});

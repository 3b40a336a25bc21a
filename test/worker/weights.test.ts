import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/config/limits.ts';
import { readSafetensors } from '../../src/io/safetensors.ts';
import { RunStore } from '../../src/worker/keeping/runStore.ts';
import type { WeightsCommand, WeightsEvent } from '../../src/worker/protocol.ts';
import { MemoryFiles, MemoryIndex } from './keeping/memoryStore.ts';
import { realWeights } from './realWeights.ts';

const vit = readFileSync(path.resolve(import.meta.dirname, '../reference/torchFiles/vit.pth'));
const file = new Blob([new Uint8Array(vit)]);
const memory = () => new RunStore(new MemoryFiles(), new MemoryIndex(), () => Promise.resolve(undefined));

/** Everything that is said of a file, up to its answer. */
function hear(command: WeightsCommand, store = memory()): Promise<WeightsEvent[]> {
  const client = realWeights(() => Promise.resolve(store));
  const events: WeightsEvent[] = [];
  return new Promise((resolve) => {
    client.listen((event) => {
      events.push(event);
      if (event.type === 'progress') return;
      client.end();
      resolve(events);
    });
    client.send(command);
  });
}

describe('the worker that reads files of weights', () => {
  it('makes a file of ours of one of PyTorch, telling how far it is and what it takes for granted', async () => {
    const events = await hear({ type: 'read', file });
    const progress = events.filter((event) => event.type === 'progress');
    expect(progress.length).toBeGreaterThan(3);
    expect(progress.map(({ done }) => done)).toEqual(progress.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(progress.at(-1)?.done).toBeLessThanOrEqual(progress.at(-1)?.total ?? 0);
    const answer = events.at(-1);
    if (answer?.type !== 'read') throw new Error(JSON.stringify(answer));
    expect(answer.notes.join(' ')).toMatch(/Taken for granted/);
    const { tensors } = readSafetensors(new Uint8Array(await answer.weights.arrayBuffer()));
    expect(tensors.map(({ name }) => name)).toContain('blocks.0.attn.qkv.weight');
  });

  it('puts it among the kept runs by itself', async () => {
    const store = memory();
    const events = await hear({ type: 'keep', file, name: 'from outside' }, store);
    expect(events.at(-1)).toMatchObject({ type: 'kept' });
    const { runs } = await store.list();
    expect(runs).toMatchObject([{ name: 'from outside', kind: 'weights', wanted: true }]);
    const kept = await store.bytes(runs[0]?.id ?? '');
    expect(readSafetensors(kept).tensors.length).toBeGreaterThan(10);
  });

  it('brings a file of PyTorch as one of ours, and hands on what it cannot read to whoever knows what to say', async () => {
    const [brought] = (await hear({ type: 'bring', file })).slice(-1);
    if (brought?.type !== 'bytes') throw new Error(JSON.stringify(brought));
    expect(readSafetensors(brought.bytes).tensors.map(({ name }) => name)).toContain('blocks.0.attn.qkv.weight');
    const text = new TextEncoder().encode('name,age');
    expect(await hear({ type: 'bring', file: new Blob([text]) })).toEqual([{ type: 'bytes', bytes: text }]);
  });

  it('opens a kept run, and copies it under another name', async () => {
    const store = memory();
    await hear({ type: 'keep', file, name: 'one' }, store);
    const [{ id }] = (await store.list()).runs;
    const events = await hear({ type: 'duplicate', id, name: 'two' }, store);
    expect(events).toEqual([{ type: 'kept', notes: [] }]);
    const { runs } = await store.list();
    expect(runs.map(({ name }) => name).toSorted()).toEqual(['one', 'two']);
    const bytes = await Promise.all(runs.map((run) => hear({ type: 'open', id: run.id }, store)));
    expect(bytes[0]).toEqual(bytes[1]);
    expect(bytes[0]).toEqual([{ type: 'bytes', bytes: await store.bytes(id) }]);
    const [exported] = await hear({ type: 'export', id }, store);
    expect(exported).toMatchObject({ type: 'exported' });
    const { file: written } = exported as Extract<WeightsEvent, { type: 'exported' }>;
    expect(new Uint8Array(await written.arrayBuffer())).toEqual(await store.bytes(id));
    const gone = await hear({ type: 'duplicate', id: 'f'.repeat(32), name: 'three' }, store);
    expect(gone).toMatchObject([{ type: 'error', error: { name: 'NotKeptError' } }]);
  });

  it('says why a file is of no use, and of one that is too large before reading it', async () => {
    const [text] = await hear({ type: 'read', file: new Blob(['name,age']) });
    expect(text).toMatchObject({ type: 'error', error: { name: 'CheckpointError' } });
    const large = new Blob(['x']);
    Object.defineProperty(large, 'size', { value: LIMITS.fileBytes + 1 });
    const client = realWeights();
    client.end();
    const { serveWeights } = await import('../../src/worker/weights.ts');
    const said = new Promise<unknown>((resolve) => {
      const port = {
        postMessage: resolve,
        addEventListener: (_: 'message', listener: (event: MessageEvent) => void) =>
          listener(new MessageEvent('message', { data: { type: 'read', file: large } })),
        removeEventListener: () => {},
      };
      serveWeights(port, () => Promise.resolve(memory()));
    });
    expect(await said).toMatchObject({ type: 'error', error: { message: expect.stringMatching(/512 MiB fit/) } });
  });
});

/** The bench behind its protocol, over a real MessageChannel. */
import { afterEach, describe, expect, it } from 'vitest';
import { nodeEnvironment } from '../../src/engine/environment.node.ts';
import { serveBench } from '../../src/worker/bench.ts';
import { openChannel } from '../../src/worker/channel.ts';
import type { BenchCommand, BenchEvent } from '../../src/worker/protocol.ts';

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** All that a bench says to one command. */
async function answer(command: BenchCommand): Promise<BenchEvent[]> {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serveBench(port2, await nodeEnvironment(false));
  const channel = openChannel<BenchCommand, BenchEvent>(port1);
  const events: BenchEvent[] = [];
  await new Promise<void>((resolve) => {
    channel.listen((event) => {
      events.push(event);
      if (event.type !== 'progress') resolve();
    });
    channel.send(command);
  });
  return events;
}

describe('serveBench', () => {
  it('measures Patchwork beside stock TensorFlow.js, and tells how far it is', { timeout: 120_000 }, async () => {
    const events = await answer({ type: 'measure', config: 'tiny', backend: 'wasm', steps: 1, paritySteps: 1 });
    const last = events.at(-1);
    if (last?.type !== 'measured') throw new Error(`it ended with ${JSON.stringify(last)}`);
    expect(last.device).toMatch(/^WebAssembly/);
    expect(last.report.rows.map(({ contender }) => contender)).toEqual(['patchwork', 'stock tfjs']);
    for (const { medianMs } of last.report.rows) expect(medianMs).toBeGreaterThan(0);
    expect(last.report.parity?.steps).toEqual([1]);
    const shares = events.flatMap((event) => (event.type === 'progress' ? [event.share] : []));
    expect(shares.length).toBeGreaterThan(3);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  it('says why it cannot measure', async () => {
    const events = await answer({ type: 'measure', config: 'tiny', backend: 'webgpu', steps: 1, paritySteps: 1 });
    expect(events).toMatchObject([{ type: 'error', error: { name: 'BackendError' } }]);
  });
});

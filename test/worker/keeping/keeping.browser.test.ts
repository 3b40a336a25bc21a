/** The trainer's own worker keeps runs in this very browser: in its private file system, with its locks. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openChannel } from '../../../src/worker/channel.ts';
import { newRunId } from '../../../src/worker/keeping/runId.ts';
import { openRunStore } from '../../../src/worker/keeping/runStore.ts';
import type { TrainerCommand, TrainerEvent } from '../../../src/worker/protocol.ts';
import { tinyConfig } from '../../tinyRun.ts';

const config = { ...tinyConfig({ steps: 8 }), data: { ...tinyConfig().data, dataset: 'digits' as const } };
const tabs: Tab[] = [];
let id = newRunId();

class Tab {
  readonly events: TrainerEvent[] = [];
  private readonly worker = new Worker(new URL('../../../src/worker/trainer.worker.ts', import.meta.url), { type: 'module' });
  private readonly channel = openChannel<TrainerCommand, TrainerEvent>(this.worker);

  constructor() {
    tabs.push(this);
    this.channel.listen((event) => this.events.push(event));
  }

  send(command: TrainerCommand): void {
    this.channel.send(command);
  }

  /** Sends a command, and waits for an event that comes after. */
  async after<T extends TrainerEvent['type']>(
    command: TrainerCommand,
    type: T,
    test: (event: Extract<TrainerEvent, { type: T }>) => boolean = () => true,
  ): Promise<Extract<TrainerEvent, { type: T }>> {
    const from = this.events.length;
    this.send(command);
    const isWanted = (event: TrainerEvent): event is Extract<TrainerEvent, { type: T }> =>
      event.type === type && test(event as Extract<TrainerEvent, { type: T }>);
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.events.slice(from).find(isWanted);
        if (found === undefined) setTimeout(look, 20);
        else resolve(found);
      };
      look();
    });
  }

  get losses(): [number, number][] {
    return this.events.flatMap((event) =>
      event.type === 'steps' ? event.steps.map(({ step, loss }): [number, number] => [step, loss]) : [],
    );
  }

  /** As a browser that is killed does. */
  kill(): void {
    this.worker.terminate();
  }
}

beforeEach(() => {
  id = newRunId();
});

afterEach(async () => {
  for (const tab of tabs.splice(0)) tab.kill();
  const store = await openRunStore();
  for (const run of (await store.list()).runs) await store.remove(run.id, 0);
  await store.purge(Number.POSITIVE_INFINITY);
});

async function openTab(): Promise<Tab> {
  const tab = new Tab();
  await tab.after({ type: 'open', run: 1, config, backend: 'wasm' }, 'phase', ({ phase }) => phase === 'ready');
  return tab;
}

/** A run that stands at step 3 and is kept. */
async function keptTab(): Promise<Tab> {
  const tab = await openTab();
  tab.send({ type: 'keep', run: 1, id });
  for (let i = 0; i < 3; i++) await tab.after({ type: 'step', run: 1 }, 'phase');
  await tab.after({ type: 'saveNow', run: 1 }, 'kept', ({ step }) => step === 3);
  return tab;
}

const resume = (run: number): TrainerCommand => ({ type: 'resume', run, id, backend: 'wasm' });

it('comes back after its worker was ended, bit for bit', async () => {
  const straight = await openTab();
  await straight.after({ type: 'train', run: 1 }, 'phase', ({ phase }) => phase === 'finished');
  const first = await keptTab();
  first.kill();
  const second = new Tab();
  const run = await second.after(resume(7), 'run');
  expect(run).toMatchObject({ run: 7, cause: 'resumed', step: 3, resumed: { id, copyOf: null, exact: true } });
  await second.after({ type: 'train', run: 7 }, 'phase', ({ phase }) => phase === 'finished');
  expect(second.losses).toEqual(straight.losses.filter(([step]) => step > 3));
});

it('is a copy in a second tab, and itself again once the first is gone', async () => {
  const first = await keptTab();
  const second = new Tab();
  const copy = await second.after(resume(1), 'run');
  expect(copy.resumed).toMatchObject({ copyOf: id });
  expect(copy.resumed?.id).not.toBe(id);
  second.kill();
  first.kill();
  const third = new Tab();
  expect((await third.after(resume(1), 'run')).resumed).toMatchObject({ id, copyOf: null });
});

it('is written anew when everything is cleared under it, and says so', async () => {
  const tab = await keptTab();
  await (await navigator.storage.getDirectory()).removeEntry('patchwork', { recursive: true });
  const failed = tab.after({ type: 'step', run: 1 }, 'keepFailed');
  expect(await failed).toMatchObject({ reason: 'gone' });
  expect((await (await openRunStore()).read(id)).record.steps).toBe(4);
});

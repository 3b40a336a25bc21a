/** The page's end of a trainer, over a real MessageChannel. */

import type { EngineEnvironment } from '../../src/engine/environment.ts';
import { openChannel } from '../../src/worker/channel.ts';
import type { TrainerCommand, TrainerEvent } from '../../src/worker/protocol.ts';
import { serveTrainer } from '../../src/worker/trainer.ts';
import { rampDataset, tinyConfig } from '../tinyRun.ts';

export type EventOf<T extends TrainerEvent['type']> = Extract<TrainerEvent, { type: T }>;

const pages: Page[] = [];

/** Talks to a trainer and remembers all it said. */
export class Page {
  readonly events: TrainerEvent[] = [];
  private readonly ports = new MessageChannel();
  private readonly channel = openChannel<TrainerCommand, TrainerEvent>(this.ports.port1);
  private waiting: { test: (event: TrainerEvent) => boolean; resolve: () => void }[] = [];

  constructor() {
    pages.push(this);
    this.channel.listen((event) => {
      this.events.push(event);
      const ready = this.waiting.filter(({ test }) => test(event));
      this.waiting = this.waiting.filter((waiter) => !ready.includes(waiter));
      for (const { resolve } of ready) resolve();
    });
  }

  /** @param environment where the trainer runs; without a GPU unless given */
  async start(environment?: EngineEnvironment): Promise<void> {
    serveTrainer(this.ports.port2, environment ?? (await withoutGpu()));
  }

  send(command: TrainerCommand): void {
    this.channel.send(command);
  }

  /** Resolves at the next event that passes. */
  next(test: (event: TrainerEvent) => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push({ test, resolve });
    });
  }

  async after(command: TrainerCommand, test: (event: TrainerEvent) => boolean): Promise<void> {
    const done = this.next(test);
    this.send(command);
    await done;
  }

  all<T extends TrainerEvent['type']>(type: T): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }

  last<T extends TrainerEvent['type']>(type: T): EventOf<T> {
    const found = this.all(type).at(-1);
    if (found === undefined) throw new Error(`no ${type} event`);
    return found;
  }

  close(): void {
    this.ports.port1.close();
    this.ports.port2.close();
  }
}

/** Only when it is needed: browser tests use the rest of this file. */
async function withoutGpu(): Promise<EngineEnvironment> {
  const { nodeEnvironment } = await import('../../src/engine/environment.node.ts');
  return nodeEnvironment(false);
}

export const phase = (name: EventOf<'phase'>['phase']) => (event: TrainerEvent) => event.type === 'phase' && event.phase === name;
export const is = (type: TrainerEvent['type']) => (event: TrainerEvent) => event.type === type;

/** A trainer that stands at step 0 of a tiny run on WebAssembly. */
export async function openPage(changes: Parameters<typeof tinyConfig>[0] = {}, environment?: EngineEnvironment): Promise<Page> {
  const page = new Page();
  await page.start(environment);
  await page.after({ type: 'open', config: tinyConfig(changes), backend: 'wasm', dataset: rampDataset() }, is('board'));
  return page;
}

/** Ends the conversations of a test. */
export function closePages(): void {
  for (const page of pages.splice(0)) page.close();
}

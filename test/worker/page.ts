/** The page's end of a trainer, over a real MessageChannel. */

import { crc32 } from '../../src/base/crc32.ts';
import type { DrawnSets, PictureShelf } from '../../src/data/builtInPictures.ts';
import type { EngineEnvironment } from '../../src/engine/environment.ts';
import { readRunFile } from '../../src/io/runFile.ts';
import { bytesOf } from '../../src/io/safetensors.ts';
import { openChannel } from '../../src/worker/channel.ts';
import type { RunStore } from '../../src/worker/keeping/runStore.ts';
import { fill, newParcel, type Parcel } from '../../src/worker/parcel.ts';
import type { TrainerCommand, TrainerEvent } from '../../src/worker/protocol.ts';
import { serveTrainer } from '../../src/worker/trainer.ts';
import { rampDataset, tinyConfig } from '../tinyRun.ts';

export type EventOf<T extends TrainerEvent['type']> = Extract<TrainerEvent, { type: T }>;

/** A command whose run and request the page chooses. */
type Plain<C> = C extends unknown ? Omit<C, 'run' | 'request'> & { run?: number } : never;
export type PlainCommand = Plain<TrainerCommand>;

const MAKING: readonly TrainerCommand['type'][] = ['open', 'reset', 'return', 'load', 'resume'];

/** What the loader would have sent. */
export function parcelOf<T>(contents: T): Parcel<T> {
  const { door, parcel } = newParcel<T>();
  fill(door, contents, []);
  return parcel;
}

const pages: Page[] = [];

/** As in a browser: built-in pictures are drawn once for all trainers of a test file. */
const drawn = new Map<string, DrawnSets>();
const shelf: PictureShelf = {
  read: async (wanted) => drawn.get(JSON.stringify(wanted)),
  write: async (wanted, sets) => void drawn.set(JSON.stringify(wanted), sets),
};

/** Talks to a trainer and remembers all it said. */
export class Page {
  readonly events: TrainerEvent[] = [];
  newest = 0;
  lastRequest = 0;
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

  /**
   * @param environment where the trainer runs; without a GPU unless given
   * @param store where it keeps runs; nowhere unless given
   */
  async start(environment?: EngineEnvironment, store?: RunStore): Promise<void> {
    const places = store === undefined ? { shelf } : { shelf, openStore: async () => store };
    serveTrainer(this.ports.port2, environment ?? (await withoutGpu()), places);
  }

  /** Sends a command for the newest run, or for a new one, unless another is named. */
  send(command: PlainCommand): void {
    const makesRun = MAKING.includes(command.type);
    if (makesRun) this.newest += 1;
    const named = { run: this.newest, request: ++this.lastRequest, ...command } as TrainerCommand;
    const parcels = [
      ...('files' in named ? [named.files] : []),
      ...('photo' in named ? [named.photo] : []),
      ...('door' in named ? [named.door] : []),
    ];
    this.channel.send(
      named,
      parcels.flatMap((parcel) => (parcel ? [parcel.port] : [])),
    );
  }

  /** Resolves at the next event that passes. */
  next(test: (event: TrainerEvent) => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push({ test, resolve });
    });
  }

  async after(command: PlainCommand, test: (event: TrainerEvent) => boolean): Promise<void> {
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
  await page.after({ type: 'open', config: tinyConfig(changes), backend: 'wasm', files: parcelOf(rampDataset()) }, is('board'));
  return page;
}

/** Ends the conversations of a test. */
export function closePages(): void {
  for (const page of pages.splice(0)) page.close();
}

/** Of the whole state in a run's file: what two files of one state differ in is when they were saved. */
export function stateSum(file: Uint8Array): number {
  const { state } = readRunFile(file);
  const place = new TextEncoder().encode(`${state.steps} ${state.cursor} ${state.phase} ${state.optimiserSince}`);
  const { parameters, firstMoment, secondMoment, teacher, pretrained } = state;
  const vectors = [parameters, firstMoment, secondMoment, teacher, pretrained].filter((vector) => vector !== undefined);
  return vectors.reduce((sum, vector) => crc32(bytesOf(vector), sum), crc32(place));
}

/** The page's ends of the two workers. */
import { type Channel, openChannel } from './channel.ts';
import type { LoaderCommand, LoaderEvent, TrainerCommand, TrainerEvent } from './protocol.ts';

export type TrainerClient = Channel<TrainerCommand, TrainerEvent>;
export type LoaderClient = Channel<LoaderCommand, LoaderEvent>;

export function startTrainer(): TrainerClient {
  return openChannel(new Worker(new URL('./trainer.worker.ts', import.meta.url), { type: 'module', name: 'trainer' }));
}

export function startLoader(): LoaderClient {
  return openChannel(new Worker(new URL('./loader.worker.ts', import.meta.url), { type: 'module', name: 'loader' }));
}

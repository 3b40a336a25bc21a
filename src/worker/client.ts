/** The page's ends of the workers. */
import { type Channel, openChannel } from './channel.ts';
import type {
  BenchCommand,
  BenchEvent,
  LoaderCommand,
  LoaderEvent,
  ResynthesisCommand,
  ResynthesisEvent,
  RobustnessCommand,
  RobustnessEvent,
  StudyCommand,
  StudyEvent,
  TrainerCommand,
  TrainerEvent,
} from './protocol.ts';

export type TrainerClient = Channel<TrainerCommand, TrainerEvent>;
export type LoaderClient = Channel<LoaderCommand, LoaderEvent>;
/** These workers are ended before the page is. */
export type BenchClient = Channel<BenchCommand, BenchEvent> & { end(): void };
export type StudyClient = Channel<StudyCommand, StudyEvent> & { end(): void };
export type RobustnessClient = Channel<RobustnessCommand, RobustnessEvent> & { end(): void };
export type ResynthesisClient = Channel<ResynthesisCommand, ResynthesisEvent> & { end(): void };

/** Told when a worker could not be loaded, or threw outside any message it answers: it will not answer again. */
export type OnCrash = (message: string) => void;

export function startTrainer(onCrash: OnCrash): TrainerClient {
  return watch(new Worker(new URL('./trainer.worker.ts', import.meta.url), { type: 'module', name: 'trainer' }), onCrash);
}

export function startLoader(onCrash: OnCrash): LoaderClient {
  return watch(new Worker(new URL('./loader.worker.ts', import.meta.url), { type: 'module', name: 'loader' }), onCrash);
}

export function startBench(onCrash: OnCrash): BenchClient {
  const worker = new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module', name: 'bench' });
  return { ...watch(worker, onCrash), end: () => worker.terminate() };
}

export function startStudy(onCrash: OnCrash): StudyClient {
  const worker = studyWorker();
  return { ...watch(worker, onCrash), end: () => worker.terminate() };
}

export function startRobustness(onCrash: OnCrash): RobustnessClient {
  const worker = studyWorker();
  return { ...watch(worker, onCrash), end: () => worker.terminate() };
}

function studyWorker(): Worker {
  return new Worker(new URL('./study.worker.ts', import.meta.url), { type: 'module', name: 'study' });
}

export function startResynthesis(onCrash: OnCrash): ResynthesisClient {
  const worker = new Worker(new URL('./resynthesis.worker.ts', import.meta.url), { type: 'module', name: 'resynthesis' });
  return { ...watch(worker, onCrash), end: () => worker.terminate() };
}

function watch<Outgoing, Incoming>(worker: Worker, onCrash: OnCrash): Channel<Outgoing, Incoming> {
  worker.addEventListener('error', (event) => {
    // A script that cannot be fetched gives an event without a message.
    onCrash(event.message ?? '');
    worker.terminate();
  });
  return openChannel(worker);
}

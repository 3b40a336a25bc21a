/** The page's ends of the workers. */
import { ownScript } from '../base/ownScript.ts';
import benchUrl from './bench.worker.ts?worker&url';
import { type Channel, openChannel } from './channel.ts';
import homeUrl from './home.worker.ts?worker&url';
import loaderUrl from './loader.worker.ts?worker&url';
import type {
  BenchCommand,
  BenchEvent,
  HomeCommand,
  HomeEvent,
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
  WeightsCommand,
  WeightsEvent,
} from './protocol.ts';
import resynthesisUrl from './resynthesis.worker.ts?worker&url';
import studyUrl from './study.worker.ts?worker&url';
import trainerUrl from './trainer.worker.ts?worker&url';
import weightsUrl from './weights.worker.ts?worker&url';

export type TrainerClient = Channel<TrainerCommand, TrainerEvent>;
export type LoaderClient = Channel<LoaderCommand, LoaderEvent>;
/** These workers are ended before the page is. */
export type BenchClient = Channel<BenchCommand, BenchEvent> & { end(): void };
export type StudyClient = Channel<StudyCommand, StudyEvent> & { end(): void };
export type RobustnessClient = Channel<RobustnessCommand, RobustnessEvent> & { end(): void };
export type HomeClient = Channel<HomeCommand, HomeEvent> & { end(): void };
export type WeightsClient = Channel<WeightsCommand, WeightsEvent> & { end(): void };
export type ResynthesisClient = Channel<ResynthesisCommand, ResynthesisEvent> & { end(): void };

/** Told when a worker could not be loaded, or threw outside any message it answers: it will not answer again. */
export type OnCrash = (message: string) => void;

/** @param keepsDrawn whether pictures that it draws may lie in the browser's cache (`drawnCache.ts`) */
export function startTrainer(onCrash: OnCrash, keepsDrawn: boolean): TrainerClient {
  return watch(startWorker(keepsDrawn ? trainerUrl : `${trainerUrl}?sw=off`, 'trainer'), onCrash);
}

export function startLoader(onCrash: OnCrash): LoaderClient {
  return watch(startWorker(loaderUrl, 'loader'), onCrash);
}

export function startBench(onCrash: OnCrash): BenchClient {
  const worker = startWorker(benchUrl, 'bench');
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

export function studyWorker(): Worker {
  return startWorker(studyUrl, 'study');
}

export function startHome(onCrash: OnCrash): HomeClient {
  const worker = startWorker(homeUrl, 'home');
  return { ...watch(worker, onCrash), end: () => worker.terminate() };
}

export function startWeights(onCrash: OnCrash): WeightsClient {
  const worker = startWorker(weightsUrl, 'weights');
  return { ...watch(worker, onCrash), end: () => worker.terminate() };
}

export function startResynthesis(onCrash: OnCrash): ResynthesisClient {
  const worker = startWorker(resynthesisUrl, 'resynthesis');
  return { ...watch(worker, onCrash), end: () => worker.terminate() };
}

function startWorker(address: string, name: string): Worker {
  return new Worker(ownScript(address), { type: 'module', name });
}

export function watch<Outgoing, Incoming>(worker: Worker, onCrash: OnCrash): Channel<Outgoing, Incoming> {
  worker.addEventListener('error', (event) => {
    // A script that cannot be fetched gives an event without a message.
    onCrash(event.message ?? '');
    worker.terminate();
  });
  return openChannel(worker);
}

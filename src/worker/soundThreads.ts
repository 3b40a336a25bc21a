/** Workers of the loader that decode sounds: one that hangs is ended, and the loader goes on. */
import { ownScript } from '../base/ownScript.ts';
import { type ReadClips, readClips } from '../data/sound/readClips.ts';
import { readInThreads, type SoundAnswer, type StartThread } from '../data/sound/threads.ts';
import soundUrl from './sound.worker.ts?worker&url';

const MOST_THREADS = 4;

const startThread: StartThread = (onAnswer, onCrash) => {
  const worker = new Worker(ownScript(soundUrl), { type: 'module', name: 'sound' });
  worker.addEventListener('message', ({ data }: MessageEvent<SoundAnswer>) => onAnswer(data));
  // What is thrown has a message; a script that cannot be fetched is an event with nothing to it.
  worker.addEventListener('error', (event) => onCrash(event instanceof ErrorEvent ? event.message : undefined));
  return { start: (task) => worker.postMessage(task, [task.bytes.buffer]), end: () => worker.terminate() };
};

/** Where workers start no workers of their own (Safari before 15.5), sounds are decoded in this one. */
export function soundThreads(): ReadClips {
  if (!('Worker' in globalThis)) return readClips;
  // One core is for training.
  return readInThreads(startThread, Math.max(1, Math.min(MOST_THREADS, navigator.hardwareConcurrency - 1)));
}

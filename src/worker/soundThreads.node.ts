/** Threads of the command line that decode sounds, as the loader's workers do in a page. */
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type ReadClips, readClips } from '../data/sound/readClips.ts';
import { readInThreads, type SoundAnswer, type StartThread } from '../data/sound/threads.ts';

const MOST_THREADS = 4;
/** Bundled beside the command (scripts/cli.mjs). Where sources run as they are, as in tests, there is none. */
const THREAD = path.join(path.dirname(fileURLToPath(import.meta.url)), 'soundThread.mjs');

const startThread: StartThread = (onAnswer, onCrash) => {
  const worker = new Worker(THREAD);
  // It ends with the process, and keeps it from nothing.
  worker.unref();
  worker.on('message', (answer: SoundAnswer) => onAnswer(answer));
  worker.on('error', (error) => onCrash(error.message));
  return { start: (task) => worker.postMessage(task), end: () => void worker.terminate() };
};

export function soundThreads(): ReadClips {
  return existsSync(THREAD) ? readInThreads(startThread, Math.min(MOST_THREADS, os.availableParallelism())) : readClips;
}

/**
 * Sounds are decoded in threads of their own: one that hangs, or breaks down, is ended, and costs its file only. The messages are
 * plain objects; a platform says how a thread is started (a worker in a page, a `worker_thread` in Node).
 */
import { BadDataError } from '../../base/errors.ts';
import { SOUND_RATE } from '../../config/modalities/sound.ts';
import { Budget } from '../budget.ts';
import { type ClipOptions, TooShortError } from './clips.ts';
import { DecoderError } from './decoderError.ts';
import { SOUND_LIMITS } from './limits.ts';
import { type FileClips, type ReadClips, readClips } from './readClips.ts';

export interface SoundTask {
  bytes: Uint8Array;
  name: string;
  options: ClipOptions;
}

export type SoundAnswer =
  /** Still decoding. */
  | { type: 'alive' }
  | { type: 'clips'; clips: FileClips }
  /** Why the file cannot be used. */
  | { type: 'refused'; reason: string }
  /** `samples` at 16 kHz are too few. */
  | { type: 'tooShort'; reason: string; samples: number }
  | { type: 'failed'; message: string };

export interface SoundThread {
  /** Does one task at a time. */
  start(task: SoundTask): void;
  end(): void;
}

/** @param onCrash the thread will not answer again; without a message it could not even be fetched */
export type StartThread = (onAnswer: (answer: SoundAnswer) => void, onCrash: (message?: string) => void) => SoundThread;

/** Silence for so long is a hang. */
const MOST_SILENT_MILLISECONDS = 20_000;
const ALIVE_MILLISECONDS = 500;
const BROKEN = 'broke its decoder down: it is damaged, or of a rare kind.';
/** Samples that are held decoded at the same time. */
const SAMPLES_AT_ONCE = 64_000_000;
/** Bytes become so many samples at most: of small files no more can come. */
const SAMPLES_PER_BYTE = 12;

/** What a thread does with a task. */
export async function answerTask({ bytes, name, options }: SoundTask, answer: (answer: SoundAnswer) => void): Promise<void> {
  let told = performance.now();
  const onProgress = (): void => {
    if (performance.now() - told < ALIVE_MILLISECONDS) return;
    told = performance.now();
    answer({ type: 'alive' });
  };
  try {
    answer({ type: 'clips', clips: await readClips(bytes, name, options, onProgress) });
  } catch (error) {
    if (error instanceof TooShortError) answer({ type: 'tooShort', reason: error.message, samples: error.samples });
    else if (error instanceof BadDataError) answer({ type: 'refused', reason: error.message });
    else answer({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

/**
 * Reads sounds in up to `most` threads. They are started when needed.
 *
 * @param silence milliseconds after which a thread that says nothing is ended
 */
export function readInThreads(start: StartThread, most: number, silence = MOST_SILENT_MILLISECONDS): ReadClips {
  const budget = new Budget(SAMPLES_AT_ONCE);
  const turns = new Budget(most);
  const idle: Hand[] = [];
  return (bytes, name, options) =>
    budget.spend(Math.min(bytes.length * SAMPLES_PER_BYTE, SOUND_LIMITS.seconds * SOUND_RATE), () =>
      turns.spend(1, async () => {
        const hand = idle.pop() ?? new Hand(start, silence);
        try {
          return await hand.read({ bytes, name, options });
        } finally {
          if (hand.works) idle.push(hand);
        }
      }),
    );
}

class Hand {
  works = true;
  private settle: ((outcome: FileClips | Error) => void) | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly thread: SoundThread;

  constructor(
    start: StartThread,
    private readonly silence: number,
  ) {
    this.thread = start(
      (answer) => this.hear(answer),
      (message) => this.give(message === undefined ? new DecoderError() : new BadDataError(BROKEN), true),
    );
  }

  read(task: SoundTask): Promise<FileClips> {
    return new Promise((resolve, reject) => {
      this.settle = (outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome));
      this.wait();
      this.thread.start(task);
    });
  }

  private hear(answer: SoundAnswer): void {
    switch (answer.type) {
      case 'alive':
        this.wait();
        return;
      case 'clips':
        this.give(answer.clips);
        return;
      case 'refused':
        this.give(new BadDataError(answer.reason));
        return;
      case 'tooShort':
        this.give(new TooShortError(answer.samples, answer.reason));
        return;
      case 'failed':
        this.give(new Error(answer.message));
        return;
      default:
        answer satisfies never;
    }
  }

  private wait(): void {
    clearTimeout(this.timer);
    const seconds = this.silence / 1000;
    const hung = new BadDataError(`got its decoder nowhere for ${seconds} seconds: it is damaged, or of a rare kind.`);
    this.timer = setTimeout(() => this.give(hung, true), this.silence);
  }

  private give(outcome: FileClips | Error, isOver = false): void {
    clearTimeout(this.timer);
    if (isOver) {
      this.works = false;
      this.thread.end();
    }
    this.settle?.(outcome);
    this.settle = undefined;
  }
}

import { describe, expect, it } from 'vitest';
import { TooShortError } from '../../../src/data/sound/clips.ts';
import { answerTask, readInThreads, type SoundAnswer, type StartThread } from '../../../src/data/sound/threads.ts';
import { text, tone, wav } from './makeSounds.ts';

const OPTIONS = { seconds: 0.512, pieces: 8 };

/** Threads that do what their file's name says, and what was asked of them. */
function threads(log: string[]): StartThread {
  return (onAnswer, onCrash) => ({
    start({ name, ...task }) {
      log.push(`start ${name}`);
      if (name === 'crash') setTimeout(() => onCrash('out of memory'));
      else if (name === 'slow') slowly(onAnswer);
      else if (name !== 'hang') void answerTask({ name, ...task }, onAnswer);
    },
    end: () => log.push('end'),
  });
}

/** Longer than the limit, but never silent for so long. */
function slowly(onAnswer: (answer: SoundAnswer) => void, left = 8): void {
  setTimeout(() => {
    onAnswer(left > 0 ? { type: 'alive' } : { type: 'clips', clips: { clips: [], found: 0, silent: 0, rate: 8000 } });
    if (left > 0) slowly(onAnswer, left - 1);
  }, 20);
}

const sound = (seconds = 1) => wav({ rate: 16_000, data: sixteenBits(tone(440, seconds, 16_000)) });

function sixteenBits(samples: Float32Array): Uint8Array {
  return new Uint8Array(Int16Array.from(samples, (sample) => sample * 32_767).buffer);
}

describe('sounds in threads', () => {
  it('gives what a thread made of a file', async () => {
    const read = readInThreads(threads([]), 2);
    const { clips, rate } = await read(sound(), 'a.wav', OPTIONS);
    expect([clips.map(({ length }) => length), rate]).toEqual([[8192, 8192], 16_000]);
  });

  it('ends a thread that hangs or breaks down, and goes on with another', async () => {
    const log: string[] = [];
    const read = readInThreads(threads(log), 1, 60);
    const outcomes = await Promise.allSettled(['hang', 'crash', 'a.wav', 'b.wav'].map((name) => read(sound(), name, OPTIONS)));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled']);
    expect(log).toEqual(['start hang', 'end', 'start crash', 'end', 'start a.wav', 'start b.wav']);
    expect(outcomes[0]).toMatchObject({ reason: { name: 'BadDataError', message: expect.stringMatching(/nowhere/) } });
  });

  it('lets one that tells that it lives take its time', async () => {
    const read = readInThreads(threads([]), 1, 60);
    await expect(read(sound(), 'slow', OPTIONS)).resolves.toMatchObject({ rate: 8000 });
  });

  it('passes refusals on, with the length of what is too short', async () => {
    const read = readInThreads(threads([]), 1);
    await expect(read(text('hello'), 'a.wav', OPTIONS)).rejects.toThrow(/named like a sound/);
    const short = await read(sound(0.1), 'b.wav', OPTIONS).catch((error) => error);
    expect(short).toBeInstanceOf(TooShortError);
    expect(short.samples).toBe(1600);
  });
});

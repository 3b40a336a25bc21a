import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { readSound } from '../../../src/data/sound/read.ts';
import { answerTask, readInThreads, type SoundAnswer } from '../../../src/data/sound/threads.ts';

vi.mock('@audio/decode-mp3', () => {
  throw new TypeError('Failed to fetch dynamically imported module');
});

const MP3 = new URL('fixtures/mono.mp3', import.meta.url);
const OPTIONS = { seconds: 0.512, pieces: 8 };

describe('a decoder that cannot be fetched', () => {
  it('is not said to be the fault of the file', async () => {
    await expect(readSound(readFileSync(MP3), 'a.mp3')).rejects.toMatchObject({
      name: 'DecoderError',
      message: expect.stringMatching(/^The decoder of these sounds could not be fetched/),
    });
  });

  it('fails the whole of a task, which would refuse every file else', async () => {
    const answers: SoundAnswer[] = [];
    await answerTask({ bytes: readFileSync(MP3), name: 'a.mp3', options: OPTIONS }, (answer) => answers.push(answer));
    expect(answers).toEqual([{ type: 'failed', message: expect.stringMatching(/could not be fetched/) }]);
  });

  it('is told from a thread that broke down', async () => {
    const outcome = (message?: string): Promise<unknown> => {
      const start = (_: unknown, onCrash: (message?: string) => void) => ({ start: () => onCrash(message), end: () => {} });
      return readInThreads(start, 1)(new Uint8Array(4), 'a.mp3', OPTIONS).catch((error: Error) => error.name);
    };
    expect([await outcome(), await outcome('out of memory')]).toEqual(['DecoderError', 'BadDataError']);
  });
});

/** Trainings of the command line that are stopped and gone on with, in one process. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BadDataError, BadSettingError, CheckpointError, NonFiniteError } from '../../../src/base/errors.ts';
import { lock } from '../../../src/cli/checkpoint/lock.ts';
import { jsonReporter } from '../../../src/cli/jsonReporter.ts';
import { parseTrainOptions } from '../../../src/cli/options.ts';
import { ProgressBar } from '../../../src/cli/progressBar.ts';
import { runTraining } from '../../../src/cli/runTraining.ts';
import { joinParts, readRunFile, readRunFileHead, writeRunFile } from '../../../src/io/runFile.ts';
import { placementsOf } from '../../../src/io/runFiles/asWeights.ts';
import { noisyPictures, TINY_TRAINING } from '../noisyPictures.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'patchwork-resume-'));
const at = (name: string) => path.join(folder, name);
const FILE = at('run.patchwork');
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR1'] as const;
const before = SIGNALS.map((name) => [name, process.listeners(name)] as const);

beforeAll(async () => {
  await noisyPictures(at('pictures'));
  await noisyPictures(at('others'), 2);
});
beforeEach(() => rmSync(FILE, { force: true }));
afterAll(() => {
  rmSync(folder, { recursive: true });
  for (const [name, listeners] of before) {
    process.removeAllListeners(name);
    for (const listener of listeners) process.on(name, listener);
  }
});

interface Told {
  events: { event: string; step: number; [key: string]: unknown }[];
  notes: string[];
  error: unknown;
}

/** @param onEvent may send a signal */
async function train(
  options: string,
  onEvent: (event: Told['events'][number]) => void = () => {},
  data = 'pictures',
): Promise<Told> {
  const told: Told = { events: [], notes: [], error: undefined };
  const reporter = jsonReporter((line) => {
    const event = JSON.parse(line);
    told.events.push(event);
    onEvent(event);
  });
  const note = (line: string) => void told.notes.push(line);
  const bar = new ProgressBar({ isTTY: false, write: () => true } as unknown as NodeJS.WriteStream);
  const words = ['--data', at(data), ...TINY_TRAINING, '--backend', 'cpu', '--report-every', '1', ...options.split(' ')];
  try {
    await runTraining(parseTrainOptions(words), { reporter, bar, note });
  } catch (error) {
    told.error = error;
  }
  return told;
}

/** Without what the clock says. */
const numbersOf = ({ events }: Told, ...kinds: string[]) =>
  events.filter(({ event }) => kinds.includes(event)).map(({ milliseconds, msPerStep, ...event }) => event);
const stopAt =
  (step: number, signal: NodeJS.Signals, kind = 'report') =>
  (event: Told['events'][number]) => {
    if (event.event === kind && event.step === step) process.emit(signal);
  };
const record = () => readRunFileHead(readFileSync(FILE)).record;

describe('a training that was stopped', () => {
  it('goes on with the numbers, the tests and the weights of the unbroken one', { timeout: 60_000 }, async () => {
    const whole = await train(`--steps 8 --eval-every 3 --save ${at('whole')}`);
    const command = `--steps 8 --eval-every 3 --save ${at('end')} --resume ${FILE}`;
    const first = await train(command, stopAt(3, 'SIGTERM'));
    expect(first.error).toMatchObject({ name: 'Stopped', exitCode: 143 });
    expect([first.events.at(-1), existsSync(at('end')), existsSync(`${FILE}.lock`)]).toEqual([
      { event: 'saved', step: 3, file: FILE },
      false,
      false,
    ]);
    const second = await train(command, stopAt(5, 'SIGUSR1'));
    expect(second.error).toMatchObject({ exitCode: 75 });
    expect(second.events[1]).toEqual({ event: 'resumed', step: 3, file: FILE });
    const third = await train(command);
    expect(third.error).toBeUndefined();
    const kinds = ['report', 'evaluation', 'done'];
    expect([first, second, third].flatMap((part) => numbersOf(part, ...kinds))).toEqual(numbersOf(whole, ...kinds));
    expect(readFileSync(at('end')).equals(readFileSync(at('whole')))).toBe(true);
    const again = await train(command);
    expect(numbersOf(again, ...kinds)).toEqual(numbersOf(whole, 'done'));
  });

  it('goes on from the end when it was stopped while it was tested', async () => {
    const command = `--steps 2 --resume ${FILE}`;
    const stopped = await train(command, stopAt(2, 'SIGINT', 'saved'));
    expect(stopped.error).toMatchObject({ exitCode: 130 });
    expect(numbersOf(stopped, 'done')).toEqual([]);
    expect(numbersOf(await train(command), 'resumed', 'report', 'done')).toMatchObject([
      { event: 'resumed', step: 2 },
      { event: 'done', steps: 2 },
    ]);
  });

  it('trains on when a checkpoint cannot be written, and says so', async () => {
    // The name beside it that is written first is taken.
    const taken = `${FILE}.tmp-${process.pid}`;
    const begun = await train(`--steps 3 --resume ${FILE} --checkpoint-every 0s`, ({ event, step }) => {
      if (event !== 'report' || step !== 2) return;
      mkdirSync(taken);
      writeFileSync(path.join(taken, 'x'), '');
    });
    rmSync(taken, { recursive: true });
    expect(begun.error).toBeUndefined();
    expect(begun.notes.join()).toMatch(/Not saved at step 3: .*What it held is still there.*Training goes on/);
    expect(record().steps).toBeLessThan(3);
  });
});

describe('--resume', () => {
  it('without a preset is about the run in the file, and tells of what is changed live', async () => {
    await train(`--steps 2 --set optimiser.seed=5 --resume ${FILE}`);
    const words = `--resume ${FILE} --steps 4 --set optimiser.learningRate=0.001`;
    const more = await train(words);
    expect(more.error).toBeUndefined();
    expect(more.notes).toContain('From here on optimiser.learningRate=0.001, optimiser.steps=4: the file says so.');
    expect(numbersOf(more, 'report').map(({ step }) => step)).toEqual([3, 4]);
    const { liveChanges, config } = record();
    expect(config.optimiser).toMatchObject({ seed: 5, steps: 4 });
    expect(liveChanges.map(({ step, path: setting, to }) => [step, setting, to])).toEqual([
      [2, 'optimiser.learningRate', 0.001],
      [2, 'optimiser.steps', 4],
    ]);
    // They are there now, and no change the next time.
    await train(words);
    expect(record().liveChanges).toHaveLength(2);
  });

  it('refuses another run, other samples, a damaged file, and one that is being written', async () => {
    await train(`--steps 2 --resume ${FILE}`);
    const other = await train(`--steps 2 --set model.width=32 --resume ${FILE}`);
    expect(other.error).toBeInstanceOf(BadSettingError);
    expect(String(other.error)).toContain('holds a run with model.width=16, and the command asks for model.width=32');
    const samples = await train(`--steps 2 --resume ${FILE}`, undefined, 'others');
    expect(samples.error).toBeInstanceOf(BadDataError);
    const unlock = lock(FILE);
    const locked = await train(`--steps 2 --resume ${FILE}`);
    expect(String(locked.error)).toMatch(/is being written by process/);
    unlock();
    const torn = readFileSync(FILE).subarray(0, 5000);
    writeFileSync(FILE, torn);
    expect((await train(`--steps 2 --resume ${FILE}`)).error).toBeInstanceOf(CheckpointError);
    expect(readFileSync(FILE).equals(torn)).toBe(true);
    expect(existsSync(`${FILE}.lock`)).toBe(false);
  });

  it('tells of another engine, and the file does too', { timeout: 30_000 }, async () => {
    await train(`--steps 2 --resume ${FILE}`);
    const { notes, error } = await train(`--steps 3 --resume ${FILE} --backend wasm`);
    expect(error).toBeUndefined();
    expect(notes.join()).toMatch(
      /computed on JavaScript, 1 thread, .* now on WebAssembly.*differ in the last digits from here on/,
    );
    expect(record().engine.map(({ backend, since }) => [backend, since])).toEqual([
      ['cpu', 0],
      ['wasm', 2],
    ]);
    // What it ran on last, unless told otherwise.
    const again = await train(`--steps 4 --resume ${FILE} --backend auto`);
    expect(again.notes.join()).not.toContain('last digits');
    expect(record().engine).toHaveLength(2);
  });

  it('keeps a run that broke down, and does not repeat it', async () => {
    await train(`--steps 2 --resume ${FILE}`);
    const { state, record: about, sequence } = readRunFile(readFileSync(FILE));
    // Finite, and no step from here is.
    state.parameters.fill(1e38);
    writeFileSync(FILE, joinParts(writeRunFile(placementsOf(about), state, about, sequence)));
    const words = `--steps 4 --resume ${FILE}`;
    expect((await train(words)).error).toBeInstanceOf(NonFiniteError);
    expect(record()).toMatchObject({ steps: 2, halted: true });
    expect(String((await train(words)).error)).toMatch(/broke down.*--from/);
  });

  it('has its options checked', async () => {
    for (const [words, message] of [
      [`--checkpoint-every soon`, /30s, 5m or 1h/],
      [`--requeue-exit 256`, /--requeue-exit must be/],
      [`--checkpoint ${at('no/such/folder/run')}`, /--checkpoint cannot write/],
    ] as const) {
      const { error } = await train(words);
      expect(error).toBeInstanceOf(BadSettingError);
      expect(String(error)).toMatch(message);
    }
    expect(parseTrainOptions(['--checkpoint-every', '1.5m']).checkpointEvery).toBe(90);
    expect(parseTrainOptions([]).checkpointEvery).toBe(60);
  });
});

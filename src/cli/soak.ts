/** `npm run soak`: many training steps, and whether anything grows on the way. */
import { Console } from 'node:console';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as tf from '@tensorflow/tfjs-core';
import { BadSettingError, messageOf } from '../base/errors.ts';
import { benchRun } from '../bench/configs.ts';
import { scenesDataset } from '../bench/problem.ts';
import { measureRecorded } from '../bench/recorded.ts';
import { measureReplay } from '../bench/replayed.ts';
import { selectBackend } from '../engine/backend.ts';
import { nodeEnvironment } from '../engine/environment.node.ts';
import { backendBytes } from '../engine/memory.ts';
import { Run } from '../trainer/run.ts';
import { train } from '../trainer/train.ts';
import { type OptionTable, oneOf, readArguments } from './arguments.ts';
import { nullEnvironment } from './bench/dawn.ts';
import { optionLines } from './optionTable.ts';

const BACKENDS = ['null', 'webgpu', 'wasm'] as const;
type SoakBackend = (typeof BACKENDS)[number];
const MOST_STEPS = 1_000_000;
const WARM_STEPS = 200;
/** The garbage collector leaves a little more or less each time. */
const HEAP_SLACK_BYTES = 2e6;

interface Held {
  step: number;
  tensors: number;
  backendBytes: number;
  heapBytes: number;
}

export async function main(argv: readonly string[]): Promise<never> {
  globalThis.console = new Console(process.stderr);
  try {
    const options = readOptions(argv);
    if (options.help) {
      process.stdout.write(HELP);
      process.exit(0);
    }
    if (options.recorded > 0) {
      await tellRecorded(options.recorded);
      process.exit(0);
    }
    if (options.replayed > 0) {
      await tellReplayed(options.replayed);
      process.exit(0);
    }
    const [first, last] = await soak(options.steps, options.backend);
    process.exit(report(first, last) ? 0 : 1);
  } catch (error) {
    const wrongUse = error instanceof BadSettingError;
    process.stderr.write(`${messageOf(error)}\n${wrongUse ? 'See npm run soak -- --help.\n' : ''}`);
    process.exit(wrongUse ? 2 : 1);
  }
}

interface Options {
  steps: number;
  backend: SoakBackend;
  /** Rounds of recorded steps beside eager ones; 0 for a soak. */
  recorded: number;
  /** Rounds of replayed steps on WebGPU; 0 for a soak. */
  replayed: number;
  help: boolean;
}

const OPTIONS: OptionTable<Options> = {
  steps: {
    value: 'N',
    help: 'steps, 400 to 1,000,000 (default 10000)',
    read: (draft, text) => {
      draft.steps = Number(text);
      if (!Number.isInteger(draft.steps) || draft.steps < 2 * WARM_STEPS || draft.steps > MOST_STEPS)
        throw new BadSettingError(`--steps must be a whole number from ${2 * WARM_STEPS} to ${MOST_STEPS}, not "${text}".`);
    },
  },
  backend: {
    value: 'B',
    help: 'null takes all GPU commands and executes none (default); webgpu and wasm train',
    read: (draft, text) => {
      draft.backend = oneOf('--backend', BACKENDS, text);
    },
  },
  recorded: {
    value: 'ROUNDS',
    help: 'instead: times recorded steps and eager ones in turns, on wasm',
    read: (draft, text) => {
      draft.recorded = readRounds('--recorded', text);
    },
  },
  replayed: {
    value: 'ROUNDS',
    help: 'instead: times what the host does for a recorded step on WebGPU, of the base model, on a GPU that executes nothing',
    read: (draft, text) => {
      draft.replayed = readRounds('--replayed', text);
    },
  },
  help: {
    help: 'this text',
    read: (draft) => {
      draft.help = true;
    },
  },
};

const HELP = `Trains the bench's tiny model for many steps and compares what is held after 200 of them with what is held at the end.

  npm run --silent soak -- [--steps N] [--backend null|webgpu|wasm]
  npm run --silent soak -- --recorded ROUNDS
  npm run --silent soak -- --replayed ROUNDS

${optionLines(OPTIONS)}

Exit codes: 0 nothing grew, 1 something grew or it could not run, 2 wrong use.
`;

function readOptions(argv: readonly string[]): Options {
  return readArguments(
    argv,
    OPTIONS,
    { steps: 10_000, backend: 'null', recorded: 0, replayed: 0, help: false },
    (argument) => `"${argument}" is not an option.`,
  );
}

function readRounds(option: string, text: string): number {
  const rounds = Number(text);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > MOST_STEPS)
    throw new BadSettingError(`${option} must be a whole number from 1 on, not "${text}".`);
  return rounds;
}

/** Batches are drawn apart. */
async function tellRecorded(rounds: number): Promise<void> {
  const { label } = await selectBackend('wasm', await nodeEnvironment(false));
  for (const name of ['tiny', 'small'] as const) {
    const config = benchRun(name);
    const told = await measureRecorded(config, scenesDataset(config.picture.size), rounds);
    const [recorded, eager, javaScript] = [told.recordedMs, told.eagerMs, told.javaScriptMs].map((ms) => ms.toFixed(2));
    const [ratio, least, most] = [told.ratio, ...told.range].map((value) => value.toFixed(3));
    process.stdout.write(
      `${name} on ${label}, medians of ${rounds} rounds: recorded ${recorded} ms (JavaScript ${javaScript} ms, ${told.calls} calls, ` +
        `${(told.plannedBytes / 1e6).toFixed(1)} MB), eager ${eager} ms; recorded / eager ${ratio} (${least} to ${most})\n`,
    );
  }
}

/** With the variant of software adapters, and with one that cuts weight gradients into parts. */
async function tellReplayed(rounds: number): Promise<void> {
  await selectBackend('webgpu', await nullEnvironment());
  const run = benchRun('base');
  for (const [batch, matmul] of [
    [1, 'largeRegisters'],
    [run.optimiser.batch, 'largeRegisters'],
    [run.optimiser.batch, 'registers'],
  ] as const) {
    const config = { ...run, optimiser: { ...run.optimiser, batch } };
    const told = await measureReplay(config, scenesDataset(config.picture.size), matmul, rounds);
    process.stdout.write(
      `base, batch ${batch}, products in ${matmul}, median of ${rounds} rounds: JavaScript ${told.javaScriptMs.toFixed(2)} ms, ` +
        `${told.dispatches} dispatches, ${told.copies} copies, ${(told.bytes / 1e6).toFixed(1)} MB\n`,
    );
  }
}

async function soak(steps: number, backend: SoakBackend): Promise<[first: Held, last: Held]> {
  const environment = backend === 'null' ? await nullEnvironment() : await nodeEnvironment(backend === 'webgpu');
  let problem: string | undefined;
  environment.onGpuProblem = (message) => {
    problem ??= message;
  };
  const { label } = await selectBackend(backend === 'wasm' ? 'wasm' : 'webgpu', environment);
  process.stdout.write(`${steps} steps of the tiny model on ${backend === 'null' ? 'a GPU that executes nothing' : label}\n`);
  const config = benchRun('tiny');
  const run = new Run({ ...config, optimiser: { ...config.optimiser, steps } }, scenesDataset(config.picture.size));
  let first: Held | undefined;
  for await (const { step } of train(run, (step) => step === WARM_STEPS || step === steps)) {
    if (problem !== undefined) throw new Error(`Step ${step}: ${problem}`);
    if (step === WARM_STEPS) first = await held(step);
    // On wasm a step never goes back to the event loop, so Ctrl+C would wait for the end.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return [first as Held, await held(steps)];
}

async function held(step: number): Promise<Held> {
  await collectGarbage();
  return {
    step,
    tensors: tf.memory().numTensors,
    backendBytes: backendBytes(),
    heapBytes: process.memoryUsage().heapUsed,
  };
}

/** Twice, with a pause: objects of native code are freed by finalisers that run in between. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  for (let round = 0; round < 2 && typeof collect === 'function'; round++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** @returns whether nothing grew */
function report(first: Held, last: Held): boolean {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
  for (const { step, tensors, backendBytes, heapBytes } of [first, last]) {
    process.stdout.write(
      `after step ${step}: ${tensors} tensors, ${megabytes(backendBytes)} on the backend, ${megabytes(heapBytes)} JavaScript heap\n`,
    );
  }
  const flat =
    last.tensors === first.tensors &&
    last.backendBytes === first.backendBytes &&
    last.heapBytes <= first.heapBytes + HEAP_SLACK_BYTES;
  process.stdout.write(flat ? 'Nothing grew.\n' : 'Something grew.\n');
  return flat;
}

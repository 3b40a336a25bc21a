/** Reads the command line of `bench`. */
import { BadSettingError } from '../../base/errors.ts';
import { MEASURED_RUNS, type MeasuredRun } from '../../bench/measuredRuns.ts';
import { MOST_THREADS } from '../../config/backends.ts';
import { type OptionTable, oneOf, readArguments } from '../arguments.ts';

export const PLACES = ['chromium', 'node'] as const;
export type Place = (typeof PLACES)[number];

/** `null` is Dawn's backend that takes all commands and executes none. */
export const BENCH_BACKENDS = ['wasm', 'webgpu', 'cpu', 'null'] as const;
export type BenchBackend = (typeof BENCH_BACKENDS)[number];

export const CONTENDERS = [
  'patchwork',
  'patchwork-eager',
  'patchwork-f16',
  'stock',
  'jax-js',
  'jax-js-by-hand',
  'pytorch',
  'pytorch-1-thread',
] as const;
export type ContenderName = (typeof CONTENDERS)[number];

const PARITY_STEPS = ['1', '5', '20'] as const;
const MOST_STEPS = 10_000;

export interface BenchOptions {
  where: Place;
  backend: BenchBackend;
  configs: MeasuredRun[];
  contenders: ContenderName[];
  steps: number;
  paritySteps: number;
  /** A contrastive step beside its encoders, in place of the contenders. */
  senses: boolean;
  /** A sweep beside its runs, in place of the contenders. */
  sweep: boolean;
  /** The step of MP3 at growing sizes, in place of `configs`. */
  growth: boolean;
  /** Each kernel of a recorded step beside its floor, in place of the contenders. */
  kernels: boolean;
  /** Of `kernels`; absent: all that there are. */
  threads?: number;
  json: boolean;
  help: boolean;
}

/** The options as they were given; what is missing depends on the others. */
interface Draft {
  where?: Place;
  backend: BenchBackend;
  configs: MeasuredRun[];
  contenders?: ContenderName[];
  steps: number;
  paritySteps: number;
  senses: boolean;
  sweep: boolean;
  growth: boolean;
  kernels: boolean;
  threads?: number;
  json: boolean;
  help: boolean;
}

/** Every option once: reading, `--help` and the messages derive from this table. */
export const BENCH_OPTIONS: OptionTable<Draft> = {
  where: {
    value: 'PLACE',
    help: `${PLACES.join(' or ')} (default chromium; node for --backend null).`,
    read: (draft, text) => {
      draft.where = oneOf('--where', PLACES, text);
    },
  },
  backend: {
    value: 'NAME',
    help: `${BENCH_BACKENDS.join(', ')} (default wasm). null counts GPU commands; nothing is executed, and it refuses more than 512 MB.`,
    read: (draft, text) => {
      draft.backend = oneOf('--backend', BENCH_BACKENDS, text);
    },
  },
  configs: {
    value: 'LIST',
    help: `What to measure: ${MEASURED_RUNS.join(', ')} (default tiny). Who cannot take part in one is named with the reason.`,
    read: (draft, text) => {
      draft.configs = listOf('--configs', MEASURED_RUNS, text);
    },
  },
  contenders: {
    value: 'LIST',
    help: `Who takes part: ${CONTENDERS.join(', ')} (default all on wasm but patchwork-f16, which is of WebGPU; on webgpu and null those of them that compute there, on cpu patchwork and stock).`,
    read: (draft, text) => {
      draft.contenders = listOf('--contenders', CONTENDERS, text);
    },
  },
  steps: {
    value: 'N',
    help: `Timed steps of each contender, 1 to ${MOST_STEPS} (default 12).`,
    read: (draft, text) => {
      draft.steps = wholeNumber('--steps', text, MOST_STEPS);
    },
  },
  'parity-steps': {
    value: 'N',
    help: 'Compare losses up to step 1, 5 or 20 (default 20). Fewer only where 20 take too long.',
    read: (draft, text) => {
      draft.paritySteps = Number(oneOf('--parity-steps', PARITY_STEPS, text));
    },
  },
  senses: {
    help: 'In place of all that: a contrastive step of contrastive-pairs beside the forward and backward of each of its encoders, in Node.',
    read: (draft) => {
      draft.senses = true;
    },
  },
  sweep: {
    help: 'In place of all that: a sweep of six mask ratios beside its six runs one by one, in Node; --steps are rounds of both.',
    read: (draft) => {
      draft.sweep = true;
    },
  },
  growth: {
    help: 'In place of --configs: tiny with five batches, widths, depths and numbers of tokens, as tables in Markdown.',
    read: (draft) => {
      draft.growth = true;
    },
  },
  kernels: {
    help: 'In place of the contenders: each kernel of a recorded step of --configs on wasm, beside the least time that its operations and bytes take here.',
    read: (draft) => {
      draft.kernels = true;
    },
  },
  threads: {
    value: 'N',
    help: `Of --kernels: threads that take part, 1 to ${MOST_THREADS} (default as many as the page has).`,
    read: (draft, text) => {
      draft.threads = wholeNumber('--threads', text, MOST_THREADS);
    },
  },
  json: {
    help: 'Prints one JSON object a line and nothing else to standard output.',
    read: (draft) => {
      draft.json = true;
    },
  },
  help: {
    help: 'Shows this.',
    read: (draft) => {
      draft.help = true;
    },
  },
};

/** @throws BadSettingError naming the option, and what it takes */
export function parseBenchOptions(argv: readonly string[]): BenchOptions {
  const draft: Draft = {
    backend: 'wasm',
    configs: ['tiny'],
    steps: 12,
    paritySteps: 20,
    senses: false,
    sweep: false,
    growth: false,
    kernels: false,
    json: false,
    help: false,
  };
  const unknown = (argument: string) => `There is no option "${argument}". See npm run bench -- --help.`;
  return complete(readArguments(argv, BENCH_OPTIONS, draft, unknown));
}

function complete(draft: Draft): BenchOptions {
  const { backend, senses, sweep, growth, kernels } = draft;
  const own = senses ? '--senses' : sweep ? '--sweep' : null;
  if ([senses, sweep, growth, kernels].filter(Boolean).length > 1)
    throw new BadSettingError('--senses, --sweep, --growth and --kernels are measurements of their own: ask for one of them.');
  if (kernels && backend !== 'wasm')
    throw new BadSettingError('--kernels takes the steps apart that are recorded on WebAssembly: --backend wasm.');
  if (kernels && draft.contenders !== undefined)
    throw new BadSettingError('--kernels is of Patchwork alone: it takes no --contenders.');
  if (!kernels && draft.threads !== undefined)
    throw new BadSettingError('--threads is of --kernels: contenders take part with the threads that they have.');
  if (growth && backend === 'null') throw new BadSettingError('--growth takes times: a backend that executes something.');
  const where = draft.where ?? (backend === 'null' || own !== null ? 'node' : 'chromium');
  if (own !== null && (where !== 'node' || backend === 'null'))
    throw new BadSettingError(`${own} takes times in Node: --where node, and a backend that executes something.`);
  if (backend === 'null' && where !== 'node')
    throw new BadSettingError('--backend null is a part of Dawn for Node, and not of browsers: --where node.');
  const contenders =
    draft.contenders ?? CONTENDERS.filter((name) => belongs(name, backend) && (!growth || AS_PEOPLE_HAVE_THEM.includes(name)));
  const misplaced = contenders.find((name) => backend === 'cpu' && isJax(name));
  if (misplaced !== undefined)
    throw new BadSettingError(`${misplaced} cannot take part on cpu: jax-js only interprets there, for finding faults.`);
  return { ...draft, where, contenders };
}

const AS_PEOPLE_HAVE_THEM: readonly ContenderName[] = ['patchwork', 'stock', 'jax-js', 'pytorch'];

/** Whether a contender takes part on a backend unless others are named. */
function belongs(name: ContenderName, backend: BenchBackend): boolean {
  if (name === 'patchwork-f16') return backend === 'webgpu' || backend === 'null';
  if (backend === 'wasm') return true;
  return name !== 'patchwork-eager' && !isTorch(name) && !(backend === 'cpu' && isJax(name));
}

export function isTorch(name: ContenderName): boolean {
  return name.startsWith('pytorch');
}

function isJax(name: ContenderName): boolean {
  return name.startsWith('jax-js');
}

/** Some of `allowed`, in its order, each once. */
function listOf<T extends string>(name: string, allowed: readonly T[], text: string): T[] {
  const given = text.split(',').map((part) => oneOf(name, allowed, part.trim()));
  return allowed.filter((value) => given.includes(value));
}

function wholeNumber(name: string, text: string, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > max) throw new BadSettingError(`${name} must be a whole number from 1 to ${max}, not "${text}".`);
  return value;
}

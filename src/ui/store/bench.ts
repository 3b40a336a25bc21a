/** What the Bench page measures, how far it is, and what it has found. */
import type { BenchConfigName } from '../../bench/configs.ts';
import type { BenchReport } from '../../bench/report.ts';
import type { BenchEvent } from '../../worker/protocol.ts';

export const BENCH_BACKENDS = ['webgpu', 'wasm'] as const;
export type BenchBackend = (typeof BENCH_BACKENDS)[number];

export interface BenchChoice {
  sizes: readonly BenchConfigName[];
  backend: BenchBackend;
  /** Timed steps of each contender. */
  steps: number;
}

export interface Adapter {
  name: string;
  software: boolean;
}

export interface BenchWork {
  config: BenchConfigName;
  /** Sizes that come after it. */
  waiting: readonly BenchConfigName[];
  /** Null until the worker is ready. */
  progress: Extract<BenchEvent, { type: 'progress' }> | null;
}

export type Finding = { ok: true; device: string; report: BenchReport } | { ok: false; problem: string };
/** What became of one size. */
export type BenchOutcome = { config: BenchConfigName; backend: BenchBackend } & Finding;

export interface BenchState {
  /** WebGPU's adapter; undefined until the browser has been asked, null where it has none. */
  adapter: Adapter | null | undefined;
  choice: BenchChoice;
  /** What is being measured. */
  work: BenchWork | null;
  outcomes: readonly BenchOutcome[];
}

export const NO_BENCH: BenchState = {
  adapter: undefined,
  choice: { sizes: ['tiny'], backend: 'wasm', steps: 5 },
  work: null,
  outcomes: [],
};

/** A graphics card is chosen by itself; a software adapter is there for those who ask. */
export function withAdapter(bench: BenchState, adapter: Adapter | null): BenchState {
  const backend = adapter === null || adapter.software ? 'wasm' : 'webgpu';
  return { ...bench, adapter, choice: { ...bench.choice, backend } };
}

/** A size that is measured again on the same backend takes the place of its old numbers. */
export function withOutcome(bench: BenchState, outcome: BenchOutcome): BenchState {
  const others = bench.outcomes.filter(({ config, backend }) => config !== outcome.config || backend !== outcome.backend);
  return { ...bench, outcomes: [...others, outcome] };
}

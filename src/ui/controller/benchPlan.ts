/** How much is measured, and how long that may take. */
import { BENCH_CONFIGS, type BenchConfigName } from '../../bench/configs.ts';
import type { BenchState } from '../store/bench.ts';

export type BenchDevice = 'graphics card' | 'software adapter' | 'wasm';

/** The device behind the chosen backend. */
export function deviceOf({ adapter, choice }: Pick<BenchState, 'adapter' | 'choice'>): BenchDevice {
  if (choice.backend === 'wasm') return 'wasm';
  return adapter?.software === true ? 'software adapter' : 'graphics card';
}

interface Cost {
  /** Losses are compared up to this step: as often as can be waited for. */
  paritySteps: number;
  /** Seconds that one step takes in Patchwork and in stock TensorFlow.js together. */
  step: number;
}

/** Steps were timed on two cores without a graphics card; what a card needs is a guess from its arithmetic and tfjs's overhead. */
const COSTS: Readonly<Record<BenchDevice, Readonly<Record<BenchConfigName, Cost>>>> = {
  wasm: {
    tiny: { paritySteps: 20, step: 0.3 },
    small: { paritySteps: 5, step: 8 },
    base: { paritySteps: 1, step: 45 },
  },
  'software adapter': {
    tiny: { paritySteps: 1, step: 12 },
    small: { paritySteps: 1, step: 80 },
    base: { paritySteps: 1, step: 400 },
  },
  'graphics card': {
    tiny: { paritySteps: 20, step: 0.1 },
    small: { paritySteps: 20, step: 0.15 },
    base: { paritySteps: 20, step: 0.3 },
  },
};

/** Seconds to load the engine, draw pictures, compile kernels and find the peak. */
const PREPARATION: Readonly<Record<BenchDevice, number>> = { wasm: 8, 'software adapter': 60, 'graphics card': 15 };
/** Steps before the timed ones, besides those whose losses are compared. */
const WARM_UP = 2;

export function parityStepsOf(config: BenchConfigName, device: BenchDevice): number {
  return COSTS[device][config].paritySteps;
}

/** Roughly how many seconds all chosen sizes take. */
export function estimateSeconds(sizes: readonly BenchConfigName[], device: BenchDevice, steps: number): number {
  return sizes.reduce((sum, config) => {
    const { paritySteps, step } = COSTS[device][config];
    return sum + PREPARATION[device] + (paritySteps + WARM_UP + steps) * step;
  }, 0);
}

/** "about 20 seconds", "about 3 minutes": no more exact than it is known. */
export function sayRoughly(seconds: number): string {
  if (seconds < 50) return `about ${Math.max(10, Math.ceil(seconds / 10) * 10)} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'about a minute' : `about ${minutes} minutes`;
}

/** Chosen sizes in the order in which they are measured: the quick ones first. */
export function toggledSize(sizes: readonly BenchConfigName[], size: BenchConfigName): BenchConfigName[] {
  return BENCH_CONFIGS.filter((name) => sizes.includes(name) !== (name === size));
}

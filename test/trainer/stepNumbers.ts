/** What steps of a run tell, recorded and eager. */
import { expect } from 'vitest';
import type { RunConfig } from '../../src/config/run.ts';
import type { Dataset } from '../../src/data/samples.ts';
import { RecordedStepper } from '../../src/engine/recorded/recordedStepper.ts';
import { EagerStepper } from '../../src/engine/stepper.ts';
import { Run } from '../../src/trainer/run.ts';

/** Two runs of the same settings, one of which records its steps. */
export interface Both {
  recorded: Run;
  eager: Run;
  stepper: RecordedStepper;
}

export function runBoth(config: RunConfig, dataset: () => Dataset): Both {
  const [recorded, eager] = [new Run(config, dataset()), new Run(config, dataset())];
  Reflect.set(eager, 'stepper', new EagerStepper());
  const stepper = Reflect.get(recorded, 'stepper') as RecordedStepper;
  expect(stepper).toBeInstanceOf(RecordedStepper);
  return { recorded, eager, stepper };
}

/** Loss, gradient norm and metrics of the next steps. */
export async function numbersOf(run: Run, steps: number): Promise<unknown[]> {
  const numbers: unknown[] = [];
  for (let i = 0; i < steps; i++) {
    const { loss, gradientNorm, metrics } = await run.step();
    numbers.push([loss, gradientNorm, metrics]);
  }
  return numbers;
}

export async function expectSame({ recorded, eager }: Both, steps: number): Promise<void> {
  expect(await numbersOf(recorded, steps)).toEqual(await numbersOf(eager, steps));
  expect(await recorded.readWeights()).toEqual(await eager.readWeights());
}

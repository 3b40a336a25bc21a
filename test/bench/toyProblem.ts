/** A problem small enough for tests: every contender takes a few steps of it in a moment. */
import { makeProblem, type Problem } from '../../src/bench/problem.ts';
import { rampDataset, tinyConfig } from '../tinyRun.ts';

export function toyProblem(maskRatio = 0.5): Problem {
  const config = tinyConfig();
  return makeProblem({ ...config, task: { ...config.task, maskRatio } }, rampDataset());
}

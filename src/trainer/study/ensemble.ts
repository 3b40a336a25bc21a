/**
 * Ensembles of fine-tuned runs with the same labels: the mean of their class probabilities (MP3, Zhai et al. 2022, section 4.2.3). An
 * ensemble of two seeds of one method is the control: it says what any second run would have added.
 */
import { invariant } from '../../base/invariant.ts';
import type { Contender, Cost, StudyTask } from './plan.ts';

/**
 * Contenders that answer together. Of pretraining it costs what all their encoders do, each once, where that is known.
 *
 * @param contenders of the plan, as far as they stand before it
 * @param members indices into them
 */
export function ensembleOf(name: string, contenders: readonly Contender[], members: readonly number[]): Contender {
  const own = [...new Set(members)].map((member) => contenders[member]);
  const costs = own.flatMap(({ pretraining }) => pretraining ?? []);
  const pretraining = own.length === costs.length && { pretraining: sumCosts(costs) };
  return { name, config: own[0].config, protocols: ['finetune'], members, ...pretraining };
}

export function sumCosts(costs: readonly Cost[]): Cost {
  const sum = (of: (cost: Cost) => number) => costs.reduce((total, cost) => total + of(cost), 0);
  return { seconds: sum(({ seconds }) => seconds), gflop: sum(({ gflop }) => gflop) };
}

/** The runs whose answers an ensemble takes the mean of: the first of each contender, then its twins. */
export function memberTasks({ labelsPerClass, seed }: StudyTask, members: readonly number[]): StudyTask[] {
  return members.map((contender, i) => {
    const twin = members.slice(0, i).filter((other) => other === contender).length;
    return { contender, protocol: 'finetune', labelsPerClass, seed, ...(twin > 0 && { twin }) };
  });
}

/** Mean of class probabilities of the same samples, each (samples, classes). Summed in double precision, in order. */
export function meanProbabilities(members: readonly Float32Array[]): Float32Array {
  const [first] = members;
  invariant(first !== undefined && members.every(({ length }) => length === first.length), 'members answer the same samples');
  return Float32Array.from(first, (_, i) => members.reduce((sum, member) => sum + member[i], 0) / members.length);
}

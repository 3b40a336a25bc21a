/** Members of ensembles: each as the unit that it would be alone. */
import type { Experiment, Unit } from './experiments.ts';
import { withSeed } from './experiments.ts';

/** Whether a unit is of ensembles: it has ways to come by an encoder, by name, in place of one. */
export function isEnsemble({ experiment }: Unit): boolean {
  return experiment.members !== undefined;
}

/** By name, in the order of the list; empty where a unit has no members. */
export function membersOf({ experiment, seed }: Unit): Map<string, Unit> {
  const { members = {}, ensembles: _, ...shared } = experiment;
  return new Map(
    Object.entries(members).map(([name, { pretrain, finetune }]) => {
      const settings = { ...shared.finetune.settings, ...finetune.settings };
      const own: Experiment = { ...shared, members: undefined, pretrain, finetune: { settings } };
      return [name, { experiment: withSeed(own, seed), seed }];
    }),
  );
}

/** The units whose pretraining a unit starts from: its members', or itself. */
export function startsOf(unit: Unit): Unit[] {
  return isEnsemble(unit) ? [...membersOf(unit).values()] : [unit];
}

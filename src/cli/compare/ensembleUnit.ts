/** A unit of ensembles: its members fine-tuned on the same labels, each alone, and the ensembles of them. */
import { BadSettingError } from '../../base/errors.ts';
import { RESULTS_VERSION } from '../../config/resultsVersion.ts';
import { checkLabels } from '../../trainer/study/check.ts';
import { ensembleOf } from '../../trainer/study/ensemble.ts';
import type { Contender, StudyPlan } from '../../trainer/study/plan.ts';
import type { KeyedUnit, Unit } from './experiments.ts';
import { membersOf } from './members.ts';
import type { Pretrained } from './pretraining.ts';
import type { UnitResult } from './results.ts';
import { configOf, picturesOf, testWithLabels, type Workshop } from './unit.ts';

export async function runEnsembleUnit(unit: KeyedUnit, workshop: Workshop): Promise<UnitResult> {
  const members = membersOf(unit);
  const [first] = members.values();
  if (first === undefined) throw new BadSettingError('An ensemble has members.');
  const dataset = await picturesOf(first, workshop);
  // Hours of pretraining should not end at labels that are not there.
  checkLabels(ensemblePlan(unit, new Map()), dataset);
  const pretrained = new Map<string, Pretrained>();
  for (const [name, member] of members) {
    const start = await workshop.pretraining.of(member);
    if (start !== undefined) pretrained.set(name, start);
  }
  const plan = ensemblePlan(unit, pretrained);
  const { experiment, seed, key } = unit;
  const [protocol] = experiment.protocols;
  const results = await testWithLabels(unit, workshop, plan, dataset, ({ contender, name, alone }) => ({
    protocol,
    contender: name,
    pretraining: plan.contenders[contender].pretraining ?? null,
    ...(alone && { alone: [...alone] }),
  }));
  const backend = workshop.engine.backend.name;
  return { version: RESULTS_VERSION, key, experiment: experiment.name, seed, pretraining: null, backend, results };
}

function ensemblePlan(unit: Unit, pretrained: ReadonlyMap<string, Pretrained>): StudyPlan {
  const { protocols, ensembles = [], labelsPerClass, testPictures } = unit.experiment;
  const members = [...membersOf(unit)].map(([name, member]): Contender => {
    const { weights, cost } = pretrained.get(name) ?? {};
    const start = weights && { weights, ...(cost && { pretraining: cost }) };
    return { name, config: configOf(member, protocols[0]), protocols: ['finetune'], ...start };
  });
  const names = members.map(({ name }) => name);
  const together = ensembles.map((list) =>
    ensembleOf(
      list.join(' + '),
      members,
      list.map((name) => names.indexOf(name)),
    ),
  );
  return { contenders: [...members, ...together], protocols: ['finetune'], labelsPerClass, seeds: [unit.seed], testPictures };
}

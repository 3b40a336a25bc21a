/** What keeps a study from running, found before anything starts. */

import { BadDataError, BadSettingError, CheckpointError, messageOf } from '../../base/errors.ts';
import { checkRun } from '../../config/check.ts';
import { modalityFacts, modalityOf, samplesText } from '../../config/modalities.ts';
import { NO_START, needsStart } from '../../config/objectives/regularisers.ts';
import { factsOf } from '../../config/objectives.ts';
import { type Dataset, formText } from '../../data/samples.ts';
import { placeParameters } from '../../model/parameters.ts';
import { chooseLabelled, labelRandom } from '../../objectives/labels.ts';
import { OBJECTIVES } from '../../objectives/registry.ts';
import { pretrainedStart } from '../start.ts';
import { subjectOf } from '../subject.ts';
import { configOf, datasetOf } from './contender.ts';
import { type Contender, type StudyPlan, studyTasks } from './plan.ts';

/**
 * @throws BadSettingError when the plan asks for nothing, asks twice for the same, or for runs that cannot be
 * @throws BadDataError when labels are missing, of one class only, or fewer than asked for, or nothing is left to test on
 * @throws CheckpointError when a contender's weights are not those of its model
 */
export function checkStudy(plan: StudyPlan, dataset: Dataset): void {
  checkPlan(plan);
  checkLabels(plan, dataset);
  for (const [index, contender] of plan.contenders.entries()) {
    if (contender.members === undefined) checkContender(contender, plan, dataset);
    else checkEnsemble(contender, index, plan);
  }
}

function checkPlan(plan: StudyPlan): void {
  const { contenders, protocols, labelsPerClass, seeds, testPictures } = plan;
  const names = contenders.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new BadSettingError(`Two contenders are called "${twice}": give each a name of its own.`);
  const lists: Record<string, readonly unknown[]> = {
    contenders,
    protocols,
    'sizes of the labelled set': labelsPerClass,
    seeds,
  };
  for (const [what, list] of Object.entries(lists)) {
    if (list.length === 0) throw new BadSettingError(`The study has no ${what}: choose at least one.`);
    const twice = list.find((item, i) => list.indexOf(item) !== i);
    if (twice !== undefined) throw new BadSettingError(`The study has ${twice} twice among its ${what}: leave one out.`);
  }
  if (!(testPictures >= 1)) throw new BadSettingError('A study tests on at least one sample.');
  if (studyTasks(plan).length === 0) throw new BadSettingError('No contender takes part in any of the protocols.');
}

/** @throws BadDataError when labels are missing, of one class only, or fewer than asked for, or nothing is left to test on */
export function checkLabels(
  { labelsPerClass, seeds }: Pick<StudyPlan, 'labelsPerClass' | 'seeds'>,
  { train, heldOut, heldOutIsTrain }: Dataset,
): void {
  // The sizes that are asked for are the same for everybody; who is drawn depends on the seed, whether there are enough does not.
  for (const size of labelsPerClass) chooseLabelled(train, size, labelRandom(seeds[0]));
  if (heldOut.labels === undefined) throw new BadDataError('The test samples have no labels, so nothing can be tested.');
  if (heldOutIsTrain) {
    throw new BadDataError('There are too few samples to set some aside for testing. Bring more, or a test set of its own.');
  }
}

function checkEnsemble({ name, members = [] }: Contender, index: number, { contenders, protocols, seeds }: StudyPlan): void {
  if (members.length < 2) throw new BadSettingError(`${name}: an ensemble has two members or more.`);
  const stranger = members.find((member) => member >= index || contenders[member]?.members !== undefined);
  if (stranger !== undefined) throw new BadSettingError(`${name}: members of an ensemble are contenders that stand before it.`);
  const frozen = members.find((member) => contenders[member]?.protocols?.includes('finetune') === false);
  if (frozen !== undefined || !protocols.includes('finetune'))
    throw new BadSettingError(`${name}: members of an ensemble are fine-tuned.`);
  // A label seed of 0 would leave the labels to the twin's own seed.
  if (seeds.includes(0)) throw new BadSettingError(`${name}: a study with ensembles has seeds from 1 on.`);
}

function checkContender(contender: Contender, { labelsPerClass, seeds }: StudyPlan, dataset: Dataset): void {
  const { name, weights, config } = contender;
  if (factsOf(config).labelled !== true) throw new BadSettingError(`${name}: a contender is a run with labels.`);
  if (weights === undefined && needsStart(config)) throw new BadSettingError(`${name}: ${NO_START}`);
  for (const labels of labelsPerClass) {
    for (const seed of seeds) {
      const [problem] = checkRun(configOf(contender, { protocol: 'finetune', labelsPerClass: labels, seed }));
      if (problem !== undefined) throw new BadSettingError(`${name}: ${problem.message}`);
    }
  }
  const read = naming(name, () => datasetOf(contender, dataset));
  const here = formText(read.train);
  if (modalityOf(config) !== read.train.modality || modalityFacts(config).form(config) !== here) {
    throw new BadSettingError(`${name} looks at ${samplesText(config)}; those of the study have ${here}.`);
  }
  if (weights === undefined) return;
  naming(name, () => {
    for (const protocol of ['finetune', 'linear'] as const) {
      const run = configOf(contender, { protocol, labelsPerClass: labelsPerClass[0], seed: seeds[0] });
      const subject = subjectOf(run, read);
      const { parameters } = OBJECTIVES.supervised(run, subject);
      pretrainedStart(weights, run, placeParameters(parameters), subject.tokens);
    }
  });
}

/** @throws CheckpointError that says whose weights are wrong */
function naming<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new CheckpointError(`${name}: ${messageOf(error)}`);
  }
}

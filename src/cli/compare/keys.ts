/** Names for work by all that decides its numbers. */
import { RESULTS_VERSION } from '../../config/resultsVersion.ts';
import type { Contents } from './contents.ts';
import { canonical, hash, type Unit } from './experiments.ts';
import { keyedConfig } from './keyedConfig.ts';
import { isEnsemble, membersOf } from './members.ts';
import { encoderRun, readStart } from './pretraining.ts';
import { robustConfigOf } from './robustUnit.ts';
import { configOf, isRobust } from './unit.ts';

/**
 * A hash of the resolved settings of every run of a unit, the contents of its pictures and of the file that it starts from, and the
 * version of what this program makes of them. Where things lie does not matter, nor what is the same in other words.
 *
 * @throws BadSettingError, BadDataError, CheckpointError when the unit cannot run
 */
export async function keyOf(unit: Unit, contents: Contents): Promise<string> {
  const {
    name,
    pretrain,
    data,
    val,
    protocols,
    measures,
    testMaskRatios,
    locality,
    labelsPerClass,
    testPictures,
    robustness,
    place,
    ensembles,
  } = unit.experiment;
  const start = encoderRun(unit);
  return hash(
    canonical({
      version: RESULTS_VERSION,
      name,
      seed: unit.seed,
      pretraining: start === undefined ? null : keyedConfig(start),
      weights: pretrain !== null && 'from' in pretrain ? hash(readStart(pretrain.from).bytes) : null,
      // Undefined parts leave the keys of other studies as they are.
      runs:
        isRobust(unit) || isEnsemble(unit)
          ? undefined
          : protocols.map((protocol) => [protocol, keyedConfig(configOf(unit, protocol))]),
      members: isEnsemble(unit) ? await keysOfMembers(unit, contents) : undefined,
      ensembles,
      measures: measures.length === 0 ? undefined : measures,
      testMaskRatios,
      locality: locality || undefined,
      step: place?.step,
      robustness: robustness && { ...robustness, config: keyedConfig(robustConfigOf(unit)) },
      data: await Promise.all(data.map((place) => contents.of(place))),
      val: await Promise.all(val.map((place) => contents.of(place))),
      labelsPerClass,
      testPictures,
    }),
  ).slice(0, 24);
}

function keysOfMembers(unit: Unit, contents: Contents): Promise<[name: string, key: string][]> {
  return Promise.all([...membersOf(unit)].map(async ([name, member]) => [name, await keyOf(member, contents)]));
}

import { beforeAll, describe, expect, it } from 'vitest';
import { BadDataError, BadSettingError, CheckpointError } from '../../../src/base/errors.ts';
import type { Dataset } from '../../../src/data/samples.ts';
import { checkStudy } from '../../../src/trainer/study/check.ts';
import type { Contender, StudyPlan } from '../../../src/trainer/study/plan.ts';
import { runStudy } from '../../../src/trainer/study/runStudy.ts';
import { startWasm } from '../../tinyRun.ts';
import { colourDataset, labelled, pretrainedContender, SCRATCH } from './colours.ts';

const dataset = colourDataset(40, 8);
const PLAN: StudyPlan = {
  contenders: [SCRATCH],
  protocols: ['finetune', 'linear', 'knn'],
  labelsPerClass: [4],
  seeds: [1],
  testPictures: 8,
};
const withContender = (contender: Partial<Contender>): Partial<StudyPlan> => ({ contenders: [{ ...SCRATCH, ...contender }] });

describe('checkStudy', () => {
  let pretrained: Contender;
  beforeAll(async () => {
    await startWasm();
    pretrained = await pretrainedContender();
  });

  it('lets a study run that can', () => {
    expect(() => checkStudy({ ...PLAN, contenders: [SCRATCH, pretrained], labelsPerClass: [4, 20, 0] }, dataset)).not.toThrow();
  });

  it.each<[Partial<StudyPlan>, RegExp]>([
    [{ seeds: [] }, /no seeds/],
    [{ contenders: [] }, /no contenders/],
    [{ protocols: [] }, /no protocols/],
    [{ labelsPerClass: [] }, /no sizes of the labelled set/],
    [{ seeds: [1, 2, 1] }, /has 1 twice among its seeds/],
    [{ contenders: [SCRATCH, { ...SCRATCH }] }, /Two contenders are called "From scratch"/],
    [{ testPictures: 0 }, /at least one sample/],
    [{ seeds: [-1] }, /From scratch: Seed/],
    [{ labelsPerClass: [1.5] }, /From scratch: Labels per class/],
    [{ protocols: ['knn'], ...withContender({ protocols: ['linear'] }) }, /No contender takes part/],
    [withContender({ config: labelled({ 'task.objective': 'mp3' }) }), /a contender is a run with labels/],
    [withContender({ config: labelled({ 'model.heads': 3 }) }), /From scratch: Width 32 must be a multiple/],
    [withContender({ config: labelled({ 'picture.size': 32, 'picture.patch': 8 }) }), /32 px; those of the study have 28 px/],
  ])('refuses plan %#', (changes, message) => {
    const refused = () => checkStudy({ ...PLAN, ...changes }, dataset);
    expect(refused).toThrow(message);
    expect(refused).toThrow(BadSettingError);
  });

  it.each<[string, Dataset, RegExp]>([
    ['no labels', withLabels(undefined), /have no labels/],
    ['one class', withLabels(() => 1), /one class \(blue\)/],
    ['too few labels', colourDataset(6, 8), /Class red has 3 training samples, fewer than the 4/],
    ['no labels to test on', { ...dataset, heldOut: withLabels(undefined).train }, /test samples have no labels/],
    ['nothing held out', { ...dataset, heldOutIsTrain: true }, /too few samples to set some aside/],
  ])('refuses data with %s', (_, data, message) => {
    expect(() => checkStudy(PLAN, data)).toThrow(message);
    expect(() => checkStudy(PLAN, data)).toThrow(BadDataError);
  });

  it.each<[string, Partial<Contender>, RegExp]>([
    ['of another width', { config: labelled({ 'model.width': 64 }) }, /^MP3: /],
    ['of another depth', { config: labelled({ 'model.depth': 3 }) }, /^MP3: .*depth/],
    ['of other heads', { config: labelled({ 'model.heads': 4 }) }, /^MP3: .*heads/],
    ['that are none', { weights: Uint8Array.of(1, 2, 3) }, /^MP3: A safetensors file starts/],
  ])('refuses weights %s', (_, changes, message) => {
    const refused = () => checkStudy({ ...PLAN, contenders: [{ ...pretrained, ...changes }] }, dataset);
    expect(refused).toThrow(message);
    expect(refused).toThrow(CheckpointError);
  });

  it('is asked before anything starts', async () => {
    await expect(runStudy({ ...PLAN, labelsPerClass: [4, 30] }, dataset).next()).rejects.toThrow(/fewer than the 30/);
  });
});

function withLabels(label: (() => number) | undefined): Dataset {
  const { labels, ...train } = dataset.train;
  return { ...dataset, train: label === undefined ? train : { ...train, labels: labels?.map(label) as Uint16Array } };
}

/** What `finetune` prints: one JSON object a line, or lines for people. */

import { shareError } from '../../base/statistics.ts';
import { MODALITIES } from '../../config/modalities.ts';
import type { RunConfig } from '../../config/run.ts';
import type { ClassCount, Dataset, LoadReport } from '../../data/samples.ts';
import type { BackendInfo } from '../../engine/backend.ts';
import type { Fit, StudyResult } from '../../trainer/study/plan.ts';
import type { ProtocolName } from '../protocols.ts';
import { describeLoad } from '../textReporter.ts';

export interface FinetuneRun {
  config: RunConfig;
  protocol: ProtocolName;
  from: string | undefined;
  dataset: Dataset;
  backend: BackendInfo;
}

export interface FinetuneReporter {
  loaded(report: LoadReport, classes: readonly ClassCount[]): void;
  done(run: FinetuneRun, result: StudyResult): void;
}

export function finetuneReporter(print: (line: string) => void, json: boolean): FinetuneReporter {
  if (!json) {
    return { loaded: (report, classes) => print(describeLoad(report, classes)), done: printText };
  }
  return {
    loaded: (report, classes) => print(JSON.stringify({ event: 'data', ...report, classes })),
    done: (run, result) => print(JSON.stringify(doneJson(run, result))),
  };

  function printText({ config, protocol, from, dataset, backend }: FinetuneRun, result: StudyResult): void {
    const { accuracy, testPictures, labelsPerClass, cost, fit, seed, confusion } = result;
    const { classes, modality } = dataset.heldOut;
    const { samples } = MODALITIES[modality].words;
    print(
      [
        `data      ${dataset.name}: ${classes.length} classes, ${labelsPerClass === 0 ? 'all labels' : `${labelsPerClass} labels of each`}`,
        `encoder   ${from ?? 'random'}, positions ${config.supervised.positions}, read out by ${config.supervised.pooling}`,
        `protocol  ${protocol}${result.protocol === 'finetune' ? `, ${config.optimiser.steps} steps` : ''}, seed ${seed}, on ${backend.label}`,
        `cost      ${cost.seconds.toFixed(1)} s, ${cost.gflop.toFixed(1)} GFLOP`,
        ...(fit === undefined ? [] : [fitLine(fit, testPictures)]),
        `accuracy  ${(100 * accuracy).toFixed(1)} % ± ${(100 * shareError(accuracy, testPictures)).toFixed(1)} of ${testPictures} ${dataset.heldOutIsTrain ? `training ${samples} (too few to set some aside)` : `test ${samples}`}`,
        ...classes.map((name, i) => `  ${name.padEnd(24)} ${shareRight(confusion.counts, i, classes.length)}`),
      ].join('\n'),
    );
  }
}

function doneJson({ config, protocol, from, dataset, backend }: FinetuneRun, result: StudyResult): object {
  const { accuracy, testPictures, labelsPerClass, seed, cost, fit, confusion } = result;
  return {
    event: 'done',
    protocol,
    from: from ?? null,
    labelsPerClass,
    seed,
    accuracy,
    testPictures,
    testIsTrain: dataset.heldOutIsTrain,
    standardError: shareError(accuracy, testPictures),
    seconds: cost.seconds,
    gflop: cost.gflop,
    ...(fit && { ...fit, generalisationGap: fit.testLoss - fit.trainLoss, regulariser: config.supervised.regulariser }),
    steps: result.protocol === 'finetune' ? config.optimiser.steps : 0,
    positions: config.supervised.positions,
    backend: backend.name,
    classes: dataset.heldOut.classes,
    // Rows are true classes, columns answers.
    confusion: dataset.heldOut.classes.map((_, row) =>
      Array.from(confusion.counts.subarray(row * confusion.side, (row + 1) * confusion.side)),
    ),
  };
}

function fitLine({ testLoss, trainLoss, trainSamples, distance, relativeDistance }: Fit, testPictures: number): string {
  const gap = `${testLoss.toFixed(3)} of ${testPictures} tested less ${trainLoss.toFixed(3)} of ${trainSamples} learned`;
  return `loss      gap ${(testLoss - trainLoss).toFixed(3)}: ${gap}; the encoder moved by ${distance.toFixed(2)}, ${(100 * relativeDistance).toFixed(1)} % of its length`;
}

function shareRight(counts: Uint32Array, label: number, classes: number): string {
  const row = counts.subarray(label * classes, (label + 1) * classes);
  const all = row.reduce((sum, count) => sum + count, 0);
  return all === 0 ? 'none tested' : `${((100 * row[label]) / all).toFixed(1)} %`;
}

import type { LoadReport } from '../data/pictures.ts';
import type { DoneReport, Reporter, RunSummary, TestReport } from './reporter.ts';

/** A report for people: one line a step, a table at the end. */
export function textReporter(print: (line: string) => void): Reporter {
  let headed = false;
  return {
    loaded: (report) => print(describeLoad(report)),
    opened: (run) => print(describeRun(run)),
    stepped({ step, loss, accuracy, milliseconds }) {
      if (!headed) print(`\n${columns('step', 'loss', 'accuracy', 'ms/step')}`);
      headed = true;
      print(columns(String(step), loss.toFixed(3), percent(accuracy), milliseconds.toFixed(0)));
    },
    tested: (report) => print(describeTest(report)),
    done: (report) => print(describeDone(report)),
  };
}

function describeLoad({ used, refused }: LoadReport): string {
  return `files     ${count(used, 'picture')} used, ${refused.length === 0 ? 'nothing' : count(refused.length, 'file')} refused`;
}

function describeRun({ config, dataset, trainPictures, testPictures, testIsTrain, backend, params }: RunSummary): string {
  const { model, task, optimiser } = config;
  const side = config.data.size / model.patch;
  return [
    `data      ${dataset}: ${count(trainPictures, 'training picture')}, ${count(testPictures, 'test picture')}${testIsTrain ? ' (too few to set some aside: the same ones)' : ''}`,
    `task      ${task.objective}, ${side * side} pieces of ${model.patch} px, mask ratio ${task.maskRatio}; chance is ${percent(1 / side ** 2)}`,
    `model     ${count(params, 'parameter')}: width ${model.width}, depth ${model.depth}, heads ${model.heads}`,
    `training  ${count(optimiser.steps, 'step')} of ${count(optimiser.batch, 'image')}, learning rate ${optimiser.learningRate}, seed ${optimiser.seed}`,
    `backend   ${backend.label}. ${backend.reason}`,
  ].join('\n');
}

function describeTest({ step, loss, accuracy, assignmentAccuracy }: TestReport): string {
  return `${columns(String(step), loss.toFixed(3), percent(accuracy), '')}   test; assignment ${percent(assignmentAccuracy)}`;
}

function describeDone(report: DoneReport): string {
  const etas = Object.entries(report.evalEta).sort(([a], [b]) => Number(a) - Number(b));
  return [
    '',
    `After ${count(report.steps, 'step')}, on ${count(report.testPictures, 'test picture')}:`,
    `  loss                 ${report.loss.toFixed(3)}`,
    `  position accuracy    ${percent(report.positionAccuracy)}   (among the first five: ${percent(report.positionTop5)})`,
    `  solved as a puzzle   ${percent(report.assignmentAccuracy)}`,
    ...etas.map(([eta, accuracy]) => `  at mask ratio ${eta.padEnd(6)} ${percent(accuracy)}`),
    `  time                 ${report.msPerStep.toFixed(1)} ms a step on ${report.backend}`,
  ].join('\n');
}

function columns(step: string, loss: string, accuracy: string, milliseconds: string): string {
  return `${step.padStart(8)}${loss.padStart(9)}${accuracy.padStart(11)}${milliseconds.padStart(10)}`.trimEnd();
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function count(amount: number, noun: string): string {
  return `${amount.toLocaleString('en')} ${noun}${amount === 1 ? '' : 's'}`;
}

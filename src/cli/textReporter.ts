import type { LoadReport } from '../data/pictures.ts';
import type { DoneReport, Reporter, RunSummary, TestReport } from './reporter.ts';
import { describeScores } from './scores.ts';

/** A report for people: one line a step, a table at the end. */
export function textReporter(print: (line: string) => void): Reporter {
  let widths: number[] | undefined;
  return {
    loaded: (report) => print(describeLoad(report)),
    opened: (run) => print(describeRun(run)),
    stepped({ step, loss, metrics, milliseconds }) {
      const numbers = describeScores({ loss, ...metrics });
      const names = ['step', ...numbers.map(({ label }) => label.toLowerCase()), 'ms/step'];
      if (widths === undefined) {
        widths = names.map((name) => Math.max(8, name.length) + 2);
        print(`\n${columns(names, widths)}`);
      }
      print(columns([String(step), ...numbers.map(({ value }) => value), milliseconds.toFixed(0)], widths));
    },
    tested: (report) => print(describeTest(report)),
    done: (report) => print(describeDone(report)),
  };
}

function describeLoad({ used, refused }: LoadReport): string {
  return `files     ${count(used, 'picture')} used, ${refused.length === 0 ? 'nothing' : count(refused.length, 'file')} refused`;
}

function describeRun({ config, steps, dataset, trainPictures, testPictures, testIsTrain, backend, params }: RunSummary): string {
  const { model, task, optimiser } = config;
  const side = config.data.size / model.patch;
  return [
    `data      ${dataset}: ${count(trainPictures, 'training picture')}, ${count(testPictures, 'test picture')}${testIsTrain ? ' (too few to set some aside: the same ones)' : ''}`,
    `task      ${task.objective}, ${side * side} pieces of ${model.patch} px, mask ratio ${task.maskRatio}`,
    `model     ${count(params, 'parameter')}: width ${model.width}, depth ${model.depth}, heads ${model.heads}`,
    `training  ${count(steps, 'step')} of ${count(optimiser.batch, 'image')}, learning rate ${optimiser.learningRate}, seed ${optimiser.seed}`,
    `backend   ${backend.label}. ${backend.reason}`,
  ].join('\n');
}

function describeTest({ step, scores }: TestReport): string {
  const numbers = describeScores(scores).map(({ label, value }) => `${label.toLowerCase()} ${value}`);
  return `${String(step).padStart(8)}  test: ${numbers.join(', ')}`;
}

function describeDone(report: DoneReport): string {
  const etas = Object.entries(report.evalEta).sort(([a], [b]) => Number(a) - Number(b));
  return [
    '',
    `After ${count(report.steps, 'step')}, on ${count(report.testPictures, report.testIsTrain ? 'training picture' : 'test picture')}:`,
    ...describeScores(report.scores, report.errors).map(({ label, value }) => `  ${label.toLowerCase().padEnd(26)} ${value}`),
    ...etas.map(([eta, value]) => `  ${`at mask ratio ${eta}`.padEnd(26)} ${value.toFixed(3)}`),
    `  ${'time'.padEnd(26)} ${report.msPerStep.toFixed(1)} ms a step on ${report.backend}`,
  ].join('\n');
}

function columns(texts: readonly string[], widths: readonly number[]): string {
  return texts.map((text, i) => text.padStart(widths[i] ?? 0)).join('');
}

function count(amount: number, noun: string): string {
  return `${amount.toLocaleString('en')} ${noun}${amount === 1 ? '' : 's'}`;
}

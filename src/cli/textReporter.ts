import { MODALITIES, modalityFacts, samplesText, tokenCount } from '../config/modalities.ts';
import { defaultRun, type RunConfig } from '../config/run.ts';
import type { ClassCount, LoadReport } from '../data/samples.ts';
import { amountText, countText } from '../data/wording.ts';
import type { DoneReport, Reporter, RunSummary, TestReport } from './reporter.ts';
import { describeScores } from './scores.ts';

/** A report for people: one line a step, a table at the end. */
export function textReporter(print: (line: string) => void): Reporter {
  let widths: number[] | undefined;
  let config = defaultRun();
  return {
    loaded: (report, classes) => print(describeLoad(report, classes)),
    opened(run) {
      config = run.config;
      print(describeRun(run));
    },
    // Told beside the report.
    started: () => undefined,
    resumed: () => undefined,
    saved: () => undefined,
    stepped({ step, loss, metrics, milliseconds }) {
      const numbers = describeScores({ loss, ...metrics }, config);
      const names = ['step', ...numbers.map(({ label }) => label.toLowerCase()), 'ms/step'];
      if (widths === undefined) {
        widths = names.map((name) => Math.max(8, name.length) + 2);
        print(`\n${columns(names, widths)}`);
      }
      print(columns([String(step), ...numbers.map(({ value }) => value), milliseconds.toFixed(0)], widths));
    },
    tested: (report) => print(describeTest(report, config)),
    done: (report) => print(describeDone(report, config)),
  };
}

/** Classes that are told with their counts; `--json` tells all. */
const CLASSES = 12;

/** What was loaded, and a line for what was made of it. */
export function describeLoad({ modality, used, refused, shortened, notes }: LoadReport, classes: readonly ClassCount[]): string {
  const { sample, samples } = MODALITIES[modality].words;
  const problems = refused.length === 0 ? '' : `, ${count(refused.length, 'problem')}`;
  const cutShort = shortened.length === 0 ? '' : `, ${countText(shortened.length)} of them shortened by damage`;
  const more = classes.length > CLASSES ? `, and ${countText(classes.length - CLASSES)} more (--json tells all)` : '';
  const named = classes.slice(0, CLASSES).map(({ name, train, heldOut }) => `${name} ${train} + ${heldOut}`);
  return [
    `${samples.padEnd(10)}${count(used, sample)} used${cutShort}${problems}`,
    ...notes.map((note) => `          ${note}`),
    classes.length === 0
      ? 'classes   none'
      : `classes   ${amountText(classes.length, 'class', 'classes')}, training + test: ${named.join(', ')}${more}`,
  ].join('\n');
}

function describeRun({ config, steps, dataset, trainPictures, testPictures, testIsTrain, backend, params }: RunSummary): string {
  const { model, task, optimiser } = config;
  const { words, cut } = modalityFacts(config);
  return [
    `data      ${dataset}: ${count(trainPictures, `training ${words.counted}`)}, ${count(testPictures, `test ${words.counted}`)}${testIsTrain ? ' (too few to set some aside: the same ones)' : ''}`,
    `task      ${task.objective}, ${tokenCount(config)} tokens (${samplesText(config)}, ${cut(config)}), mask ratio ${task.maskRatio}`,
    `model     ${count(params, 'parameter')}: width ${model.width}, depth ${model.depth}, heads ${model.heads}`,
    `training  ${count(steps, 'step')} of ${count(optimiser.batch, words.sample)}, learning rate ${optimiser.learningRate}, seed ${optimiser.seed}`,
    `backend   ${backend.label}. ${backend.reason}`,
  ].join('\n');
}

function describeTest({ step, scores }: TestReport, config: RunConfig): string {
  const numbers = describeScores(scores, config).map(({ label, value }) => `${label.toLowerCase()} ${value}`);
  return `${String(step).padStart(8)}  test: ${numbers.join(', ')}`;
}

function describeDone(report: DoneReport, config: RunConfig): string {
  const { sample } = modalityFacts(config).words;
  const maskRatios = Object.entries(report.evalMaskRatio).sort(([a], [b]) => Number(a) - Number(b));
  return [
    '',
    `After ${count(report.steps, 'step')}, on ${count(report.testPictures, `${report.testIsTrain ? 'training' : 'test'} ${sample}`)}:`,
    ...describeScores(report.scores, config, report.errors).map(
      ({ label, value }) => `  ${label.toLowerCase().padEnd(26)} ${value}`,
    ),
    ...maskRatios.map(([maskRatio, value]) => `  ${`at mask ratio ${maskRatio}`.padEnd(26)} ${value.toFixed(3)}`),
    `  ${'time'.padEnd(26)} ${report.msPerStep.toFixed(1)} ms a step on ${report.backend}`,
  ].join('\n');
}

function columns(texts: readonly string[], widths: readonly number[]): string {
  return texts.map((text, i) => text.padStart(widths[i] ?? 0)).join('');
}

function count(amount: number, noun: string): string {
  return `${amount.toLocaleString('en')} ${noun}${amount === 1 ? '' : 's'}`;
}

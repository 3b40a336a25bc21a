/** A card of a paper as points that are measured one by one, and back: what they found as numbers of its parts. */
import { DATASET_LABELS } from '../../config/datasets.ts';
import type { CardForm, CardPart, FigureCard, RobustnessPart, SweepPart } from '../../config/figures/card.ts';
import { sensesOf } from '../../config/modalities/pair.ts';
import { formOf, type ModalityName, modalityOf } from '../../config/modalities.ts';
import { onFiles } from '../../config/ownFiles.ts';
import { RESULTS_VERSION } from '../../config/resultsVersion.ts';
import type { RunConfig } from '../../config/run.ts';
import { checkSweep, type SweepProblem } from '../../config/sweep/check.ts';
import { pointKey, sweepPoints } from '../../config/sweep/points.ts';
import type { PartValues } from '../../metrics/figureLines.ts';
import type { SweepValue } from '../../metrics/sweepSummary.ts';
import { studyKey, studyTasks } from '../../trainer/robustness/studyPoints.ts';
import { robustnessValues } from '../../trainer/robustness/values.ts';
import type { SweepPlan, SweepResult } from '../../trainer/sweep/plan.ts';
import { sayPoint } from '../compare/sweep/sweepView.ts';
import type { AskedCard } from '../store/sweep.ts';

/** The run that a part pretrains. */
export function baseOf(part: CardPart): RunConfig {
  return part.kind === 'sweep' ? part.sweep.base : part.pretraining;
}

/** One size of a card, on built-in samples or on the visitor's files. */
export function formOn(card: FigureCard, { size, files }: Pick<AskedCard, 'size' | 'files'>): CardForm {
  const form = card.sizes[size];
  if (!files) return form;
  return {
    ...form,
    parts: form.parts.map((part) =>
      part.kind === 'sweep'
        ? { ...part, sweep: { ...part.sweep, base: onFiles(part.sweep.base) } }
        : { ...part, pretraining: onFiles(part.pretraining) },
    ),
  };
}

/** Whether all of a card can learn from one set of files of that kind. */
export function takesFilesOf({ parts }: CardForm, modality: ModalityName): boolean {
  const [first, ...others] = parts.map(baseOf);
  return (
    first !== undefined &&
    modalityOf(first) === modality &&
    others.every((other) => modalityOf(other) === modality && sameForm(other, first))
  );
}

function sameForm(a: RunConfig, b: RunConfig): boolean {
  return JSON.stringify(formOf(a)) === JSON.stringify(formOf(b));
}

/** "Scenes", "Scenes, Tales": the built-in samples of a card. */
export function samplesNameOf({ parts }: CardForm): string {
  return [...new Set(parts.map((part) => DATASET_LABELS[baseOf(part).data.dataset]))].join(', ');
}

export function problemsOf({ parts }: CardForm): SweepProblem[] {
  return parts.flatMap((part) => (part.kind === 'sweep' ? checkSweep(part.sweep) : []));
}

export function plansOf({ parts }: CardForm): SweepPlan[] {
  return parts.flatMap((part) =>
    part.kind === 'sweep' ? [{ points: sweepPoints(part.sweep), testSamples: part.testSamples }] : [],
  );
}

export function studiesOf({ parts }: CardForm): RobustnessPart[] {
  return parts.filter((part) => part.kind === 'robustness');
}

/** Of all that is measured for a card. */
export function keysOf({ parts }: CardForm): Set<string> {
  return new Set(
    parts.flatMap((part) =>
      part.kind === 'sweep' ? sweepPoints(part.sweep).map(pointKey) : studyTasks(part).map((task) => studyKey(part, task)),
    ),
  );
}

/**
 * What is found so far, by the names of parts. A point that two parts share was measured once, and stands in both at the values of each
 * one's axes.
 */
export function partValues({ parts }: CardForm, results: readonly SweepResult[]): PartValues {
  const found = new Map(results.map((result) => [result.key, result]));
  return Object.fromEntries(
    parts.map((part) => [part.name, part.kind === 'sweep' ? sweepValues(part, found) : studyValues(part, found)]),
  );
}

type Found = ReadonlyMap<string, SweepResult>;

function sweepValues({ sweep }: SweepPart, found: Found): SweepValue[] {
  return sweepPoints(sweep).flatMap((point) => {
    const result = found.get(pointKey(point));
    const { at, baseline, step, seed } = point;
    return Object.entries(result?.values ?? {}).map(([measure, value]) => ({
      ...{ at, baseline, step, seed, measure, value },
      version: result?.version ?? 0,
    }));
  });
}

function studyValues(part: RobustnessPart, found: Found): SweepValue[] {
  const rows = studyTasks(part).flatMap((task) => found.get(studyKey(part, task))?.rows ?? []);
  return robustnessValues(rows, sensesOf(part.pretraining), RESULTS_VERSION);
}

/** Of other settings than the card has now, or of another version of the program: they are in no line. */
export function strayResults(form: CardForm, results: readonly SweepResult[]): SweepResult[] {
  const keys = keysOf(form);
  return results.filter(({ key }) => !keys.has(key));
}

/** "MAE: Mask ratio 0.5, seed 1"; empty of what is no point of the card. */
export function sayCardPoint({ parts }: CardForm, key: string): string {
  for (const part of parts) {
    const said = part.kind === 'sweep' ? sayPoint(part.sweep, key) : sayStudyPoint(part, key);
    if (said !== '') return parts.length > 1 ? `${part.name}: ${said}` : said;
  }
  return '';
}

function sayStudyPoint(part: RobustnessPart, key: string): string {
  const task = studyTasks(part).find((one) => studyKey(part, one) === key);
  return task === undefined ? '' : `${task.method}, labels for ${task.trainedOn.join(' and ')}, seed ${task.seed}`;
}

/** A card of a paper as points that are measured one by one, and back: what they found as numbers of its parts. */
import { DATASET_LABELS } from '../../config/datasets.ts';
import {
  basesOf,
  type CardForm,
  type CardPart,
  type EnsemblePart,
  type FigureCard,
  type RobustnessPart,
  type SweepPart,
} from '../../config/figures/card.ts';
import { CONTENDER, ensemblePoints } from '../../config/figures/ensemble.ts';
import { studyRun } from '../../config/figures/robustPart.ts';
import { sensesOf } from '../../config/modalities/pair.ts';
import { formOf, type ModalityName, modalityOf } from '../../config/modalities.ts';
import { onFiles } from '../../config/ownFiles.ts';
import { RESULTS_VERSION } from '../../config/resultsVersion.ts';
import type { RunConfig } from '../../config/run.ts';
import { checkSweep, type SweepProblem } from '../../config/sweep/check.ts';
import { pointKey, type SweepPoint, sweepPoints } from '../../config/sweep/points.ts';
import type { PartValues } from '../../metrics/figureLines.ts';
import type { SweepValue } from '../../metrics/sweepSummary.ts';
import { studyKey, studyTasks } from '../../trainer/robustness/studyPoints.ts';
import { robustnessValues } from '../../trainer/robustness/values.ts';
import { ensembleValues } from '../../trainer/study/ensembleValues.ts';
import type { SweepPlan, SweepResult } from '../../trainer/sweep/plan.ts';
import { sayPoint } from '../compare/sweep/sweepView.ts';
import type { AskedCard } from '../store/sweep.ts';

/** One size of a card, on built-in samples or on the visitor's files. */
export function formOn(card: FigureCard, { size, files }: Pick<AskedCard, 'size' | 'files'>): CardForm {
  const form = card.sizes[size];
  if (!files) return form;
  return {
    ...form,
    parts: form.parts.map(partOnFiles),
  };
}

function partOnFiles(part: CardPart): CardPart {
  if (part.kind === 'sweep') return { ...part, sweep: { ...part.sweep, base: onFiles(part.sweep.base) } };
  if (part.kind === 'robustness') return { ...part, pretraining: onFiles(part.pretraining) };
  return { ...part, members: part.members.map((member) => ({ ...member, pretraining: onFiles(member.pretraining) })) };
}

/** Whether all of a card can learn from one set of files of that kind. */
export function takesFilesOf({ parts }: CardForm, modality: ModalityName): boolean {
  const [first, ...others] = parts.flatMap(basesOf);
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
  return [...new Set(parts.flatMap(basesOf).map(({ data }) => DATASET_LABELS[data.dataset]))].join(', ');
}

export function problemsOf({ parts }: CardForm): SweepProblem[] {
  return parts.flatMap((part) => (part.kind === 'sweep' ? checkSweep(part.sweep) : []));
}

export function plansOf({ parts }: CardForm): SweepPlan[] {
  return parts.flatMap((part) => (part.kind === 'robustness' ? [] : [{ points: pointsOf(part), testSamples: part.testSamples }]));
}

/** What is trained and measured one by one. */
function pointsOf(part: SweepPart | EnsemblePart): SweepPoint[] {
  return part.kind === 'sweep' ? sweepPoints(part.sweep) : ensemblePoints(part);
}

export function studiesOf({ parts }: CardForm): RobustnessPart[] {
  return parts.filter((part) => part.kind === 'robustness');
}

/** Of all that is measured for a card. */
export function keysOf({ parts }: CardForm): Set<string> {
  return new Set(
    parts.flatMap((part) =>
      part.kind === 'robustness' ? studyTasks(part).map((task) => studyKey(part, task)) : pointsOf(part).map(pointKey),
    ),
  );
}

/**
 * What is found so far, by the names of parts. A point that two parts share was measured once, and stands in both at the values of each
 * one's axes.
 */
export function partValues({ parts }: CardForm, results: readonly SweepResult[]): PartValues {
  const found = new Map(results.map((result) => [result.key, result]));
  return Object.fromEntries(parts.map((part) => [part.name, valuesOf(part, found)]));
}

function valuesOf(part: CardPart, found: Found): SweepValue[] {
  if (part.kind === 'sweep') return sweepValues(part, found);
  return part.kind === 'robustness' ? studyValues(part, found) : togetherValues(part, found);
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

function togetherValues(part: EnsemblePart, found: Found): SweepValue[] {
  const answered = ensemblePoints(part).flatMap((point) => {
    const { answers } = found.get(pointKey(point)) ?? {};
    return answers === undefined ? [] : [{ ...answers, name: String(point.at[CONTENDER]), seed: point.seed }];
  });
  return ensembleValues(answered, part.ensembles, RESULTS_VERSION);
}

function studyValues(part: RobustnessPart, found: Found): SweepValue[] {
  const rows = studyTasks(part).flatMap((task) => found.get(studyKey(part, task))?.rows ?? []);
  return robustnessValues(rows, sensesOf(studyRun(part)), RESULTS_VERSION);
}

/** Of other settings than the card has now, or of another version of the program: they are in no line. */
export function strayResults(form: CardForm, results: readonly SweepResult[]): SweepResult[] {
  const keys = keysOf(form);
  return results.filter(({ key }) => !keys.has(key));
}

/** "MAE: Mask ratio 0.5, seed 1"; empty of what is no point of the card. */
export function sayCardPoint({ parts }: CardForm, key: string): string {
  for (const part of parts) {
    const said = sayPointOf(part, key);
    if (said !== '') return parts.length > 1 ? `${part.name}: ${said}` : said;
  }
  return '';
}

function sayPointOf(part: CardPart, key: string): string {
  if (part.kind === 'sweep') return sayPoint(part.sweep, key);
  return part.kind === 'robustness' ? sayStudyPoint(part, key) : sayMember(part, key);
}

function sayMember(part: EnsemblePart, key: string): string {
  const point = ensemblePoints(part).find((one) => pointKey(one) === key);
  return point === undefined ? '' : `${point.at[CONTENDER]}, seed ${point.seed}`;
}

function sayStudyPoint(part: RobustnessPart, key: string): string {
  const task = studyTasks(part).find((one) => studyKey(part, one) === key);
  return task === undefined ? '' : `${task.method}, labels for ${task.trainedOn.join(' and ')}, seed ${task.seed}`;
}

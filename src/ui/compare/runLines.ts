/** The lines of several runs in one chart: which numbers of theirs are laid over each other, and who has none. */
import type { MetricName } from '../../config/metrics.ts';
import { modalityFacts, modalityOf } from '../../config/modalities.ts';
import { fieldAt, getSetting } from '../../config/settings.ts';
import type { Mark, Point, Series } from '../charts/types.ts';
import { smoothCurve } from '../store/curve.ts';
import { marksOf } from '../store/marks.ts';
import type { KeptRun } from '../store/runs.ts';
import { hueOf } from '../study/hues.ts';

export interface RunLines {
  series: Series[];
  /** What the lines are of, in words. */
  source: string;
  /** Names of runs without this number. */
  leftOut: string[];
  /** What happened to the runs on the way, by their numbers. */
  marks: Mark[];
  /** Why the lines say nothing about which run is better; null where they may. */
  caution: string | null;
}

/** Few held-out numbers are points; more of them are a line. */
const MOST_DOTS = 20;

/** Held-out numbers where every run that has any has them; else those of training batches too, so that like is compared with like. */
export function runLines(runs: readonly KeptRun[], metric: MetricName): RunLines {
  const all = runs.map((run, index) => ({
    run,
    name: run.name,
    number: index + 1,
    hue: hueOf(index),
    heldOut: heldOutPoints(run, metric),
    training: smoothCurve(run.curves.training, metric).map(({ step, value }): Point => ({ x: step, y: value })),
  }));
  type Lines = (typeof all)[number];
  const isMeasured = ({ heldOut, training }: Lines): boolean => heldOut.length + training.length > 0;
  const measured = all.filter(isMeasured);
  const everyHeldOut = measured.every(({ heldOut }) => heldOut.length > 0);
  const anyHeldOut = measured.some(({ heldOut }) => heldOut.length > 0);
  const isMixed = anyHeldOut && !everyHeldOut;
  const series = measured.flatMap(({ number, name, hue, heldOut, training }): Series[] => [
    ...(everyHeldOut || training.length === 0
      ? []
      : [{ name: `${number} ${isMixed ? 'training: ' : ''}${name}`, tone: 'quiet' as const, hue, points: training }]),
    ...(heldOut.length === 0
      ? []
      : [
          {
            name: `${number} ${isMixed ? 'held-out: ' : ''}${name}`,
            tone: 'strong' as const,
            hue,
            points: heldOut,
            ...(heldOut.length <= MOST_DOTS ? { dots: 'filled' as const } : {}),
          },
        ]),
  ]);
  return {
    series,
    source: isMixed ? 'held-out samples thick, training batches thin' : anyHeldOut ? 'held-out samples' : 'training batches',
    leftOut: all.filter((lines) => !isMeasured(lines)).map(({ name }) => name),
    marks: measured.flatMap(({ run, number }) =>
      marksOf(run.curves.marks ?? []).map(({ x, text }) => ({ x, text: measured.length > 1 ? `${number}: ${text}` : text })),
    ),
    caution: cautionOf(measured.map(({ run }) => run)),
  };
}

/** Numbers of one name that answer different questions: each is easier or harder by its settings alone (methods 10). */
function cautionOf(runs: readonly KeptRun[]): string | null {
  const objectives = new Set(runs.map(({ config }) => config.task.objective));
  if (objectives.size > 1) return null;
  const differ = (what: (config: KeptRun['config']) => unknown) => new Set(runs.map(({ config }) => what(config))).size > 1;
  const apart = [
    ...(differ(modalityOf) ? ['what they learn from'] : cutApart(runs)),
    ...(differ(({ task }) => task.maskRatio) ? ['mask ratio'] : []),
    ...(objectives.has('mae') && differ(({ mae }) => mae.target) ? ['target'] : []),
  ];
  if (apart.length === 0) return null;
  return `These runs differ in ${apart.join(' and ')}: a lower or higher number here does not make one of them better.`;
}

/** Settings that cut samples into tokens, where the runs differ in them. */
function cutApart(runs: readonly KeptRun[]): string[] {
  const paths = new Set(runs.flatMap(({ config }) => modalityFacts(config).cutBy));
  const apart = [...paths].filter((path) => new Set(runs.map(({ config }) => getSetting(config, path))).size > 1);
  return apart.map((path) => fieldAt(path)?.label.toLowerCase() ?? path);
}

function heldOutPoints({ curves }: KeptRun, metric: MetricName): Point[] {
  return curves.heldOut.flatMap(({ step, scores }) => {
    const y = scores[metric];
    return y === undefined || !Number.isFinite(y) ? [] : [{ x: step, y }];
  });
}

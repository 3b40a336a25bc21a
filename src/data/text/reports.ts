/**
 * Reports: the second built-in domain, for training on from Tales. Machines in halls fail and are mended; function words and
 * endings are those of Tales, nearly all others are not. As there, the order of the draws is part of the stories.
 */
import { Random } from '../../base/random.ts';
import { drawStory, fill, GLAD, LATER, SAD, type Story, two } from './stories/grammar.ts';
import {
  ENDINGS,
  OPENINGS,
  REPORT_KINDS,
  REPORT_PLOTS,
  SECONDS,
  STEP_NAMES,
  STEPS,
  type StepName,
} from './stories/reportPlots.ts';
import { CODES, FAULTS, HALLS, PARTS, ROLES, SITES, UNITS } from './stories/reportWords.ts';

export { REPORT_KINDS };

/** Everything that a report is about, drawn before its first word. */
interface Cast {
  kind: number;
  units: readonly [string, string];
  roles: readonly [string, string];
  fault: string;
  mended: string;
  parts: readonly [string, string];
  /** "north station": where it happens, and another one. */
  halls: readonly [string, string];
  code: string;
  she: boolean;
}

/** Report `index` of a split: 32 to 56 words and full stops. */
export function reportAt(seed: number, split: string, index: number): Story {
  const random = new Random(seed, 'reports', split, index);
  const kind = random.below(REPORT_KINDS.length);
  return drawStory(kind, () => writeReport(random, kind));
}

function writeReport(random: Random, kind: number): string[] {
  const cast = drawCast(random, kind);
  return [begin(random, cast), goOn(random, cast), ...tellPlot(random, cast), finish(random, cast)];
}

function drawCast(random: Random, kind: number): Cast {
  const units = two(random, UNITS);
  const roles = two(random, ROLES);
  const [fault, mended] = random.pick(FAULTS);
  const parts = two(random, PARTS);
  const sites = two(random, SITES);
  const kinds = two(random, HALLS);
  const halls = [`${sites[0]} ${kinds[0]}`, `${sites[1]} ${kinds[1]}`] as const;
  return { kind, units, roles, fault, mended, parts, halls, code: random.pick(CODES), she: random.below(2) === 0 };
}

function begin(random: Random, { roles, units, halls, code }: Cast): string {
  return fill(random.pick(OPENINGS), { role: roles[0], unit: units[0], home: halls[0], code });
}

function goOn(random: Random, { roles, units, parts, fault, code, she }: Cast): string {
  return fill(random.pick(SECONDS), {
    she: she ? 'she' : 'he',
    her: she ? 'her' : 'him',
    colleague: roles[1],
    unit: units[0],
    second: units[1],
    part: parts[0],
    fault,
    code,
  });
}

/** The steps of the kind's plot, with one step about another unit between them. */
function tellPlot(random: Random, cast: Cast): string[] {
  const { units, parts } = cast;
  const { steps } = REPORT_PLOTS[cast.kind];
  const aside = random.below(steps.length + 1);
  const sentences: string[] = [];
  for (let k = 0; k <= steps.length; k++) {
    if (k === aside) sentences.push(`meanwhile ${tell(random, cast, random.pick(STEP_NAMES), units[1], parts[1])}`);
    if (k === steps.length) break;
    const later = k > 0 && random.uniform() < 0.5 ? `${random.pick(LATER)} ` : '';
    sentences.push(later + tell(random, cast, steps[k], units[0], parts[0]));
  }
  return sentences;
}

function tell(random: Random, { roles, fault, code, halls, she }: Cast, step: StepName, unit: string, part: string): string {
  const pattern = random.pick(STEPS[step]);
  const role = random.uniform() < 0.7 ? `the ${roles[0]}` : she ? 'she' : 'he';
  return fill(pattern, { role, colleague: `the ${roles[1]}`, unit, part, fault, code, hall: halls[1] });
}

function finish(random: Random, { kind, units, roles, halls, fault, mended: good }: Cast): string {
  const { mended } = REPORT_PLOTS[kind];
  const slots = { role: roles[0], colleague: roles[1], unit: units[0], home: halls[0], fault, good };
  const version = random.below(3);
  if (version === 0) return fill(mended ? ENDINGS.mended : ENDINGS.notMended, slots);
  if (version === 1) return fill(ENDINGS.walks, { ...slots, feeling: random.pick(mended ? GLAD : SAD) });
  return fill(mended ? ENDINGS.has : ENDINGS.hasNot, slots);
}

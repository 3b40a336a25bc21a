/** The sentences of the reports. {role} reports, {colleague} is the other, {hall} is another hall. Most steps belong to several kinds. */

export const STEPS = {
  notice: [
    '{role} noticed the {unit} was {fault}',
    '{role} saw the {unit} was {fault}',
    'the {unit} was {fault} at {code}',
    '{role} was told the {unit} was {fault}',
  ],
  fix: [
    '{role} put the {part} back',
    '{role} made the {part} tight again',
    '{role} used a new {part}',
    '{role} looked for the fault and found it',
  ],
  swap: [
    '{role} brought another {unit}',
    'another {unit} came from the {hall}',
    '{role} had the {unit} handed over',
    'the old {unit} was let go',
  ],
  wait: [
    'the {part} was not there',
    'no {part} could be found',
    '{role} asked for a {part} everywhere',
    '{role} searched the {hall} for a {part}',
  ],
  mistake: ['nothing was wrong', 'it was the {part} of another {unit}', 'the sensor was wrong', '{role} said no work was needed'],
  blame: [
    '{colleague} had left the {part} open',
    '{colleague} forgot the {part}',
    '{colleague} had dropped the {part}',
    '{colleague} would not look at the {part}',
  ],
  move: [
    'the {unit} was carried to the {hall}',
    '{role} passed it to the {hall}',
    '{role} gave the {unit} to {colleague}',
    '{colleague} took the {unit} away',
  ],
  serve: ['it was the day for it', '{role} came every week', 'the {unit} was looked at before', '{role} returned as every week'],
} satisfies Record<string, readonly string[]>;

export type StepName = keyof typeof STEPS;
export const STEP_NAMES = Object.keys(STEPS) as StepName[];

interface ReportPlot {
  steps: readonly StepName[];
  /** Whether the unit works in the end. */
  mended: boolean;
}

const PLOT_OF = {
  repair: { steps: ['notice', 'fix'], mended: true },
  swap: { steps: ['notice', 'swap'], mended: true },
  waiting: { steps: ['notice', 'wait'], mended: false },
  alarm: { steps: ['notice', 'mistake'], mended: true },
  blame: { steps: ['notice', 'blame', 'fix'], mended: true },
  transfer: { steps: ['notice', 'move'], mended: false },
  missing: { steps: ['wait', 'blame'], mended: false },
  service: { steps: ['serve', 'fix'], mended: true },
} satisfies Record<string, ReportPlot>;

/** The classes of Reports. */
export const REPORT_KINDS: readonly string[] = Object.keys(PLOT_OF);
export const REPORT_PLOTS: readonly ReportPlot[] = Object.values(PLOT_OF);

export const OPENINGS = [
  'the {role} of the {home} was at the {unit} at {code}',
  'at {code} the {role} came to the {home}',
  'in the {home} the {role} was at work',
];
export const SECONDS = [
  '{she} had {unit} {code} before {her}',
  'the {unit} was the one with the old {part}',
  'the {colleague} needed the {unit} because the {second} was {fault}',
];
export const ENDINGS = {
  mended: 'at last the {unit} was {good}',
  notMended: 'the {unit} was still {fault}',
  walks: 'in the end the {role} walked back to the {home} and was {feeling}',
  has: 'in the end the {colleague} had the {unit}',
  hasNot: 'in the end the {colleague} was without the {unit}',
};

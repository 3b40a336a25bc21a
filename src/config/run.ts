/**
 * Everything that decides an experiment's numbers, besides the data itself: two runs with equal `RunConfig`, data and
 * backend give equal losses. Sections are tables of fields; a setting's path is `section.field` everywhere (URL, `--set`,
 * control ids).
 */
import { choice, defaults, type FieldTable, number } from './field.ts';
import { PAIR_FIELDS } from './modalities/pair.ts';
import { PICTURE_FIELDS } from './modalities/picture.ts';
import { SOUND_FIELDS } from './modalities/sound.ts';
import { TEXT_FIELDS } from './modalities/text.ts';
import { OBJECTIVE_FACTS, OBJECTIVE_NAMES, OBJECTIVE_SETTINGS, type RunConfig } from './objectives.ts';
import { DATA_FIELDS, MODEL_FIELDS, OPTIMISER_FIELDS } from './sections.ts';

export const RUN_FIELDS = {
  data: DATA_FIELDS,
  picture: PICTURE_FIELDS,
  sound: SOUND_FIELDS,
  text: TEXT_FIELDS,
  pair: PAIR_FIELDS,
  task: {
    objective: choice({
      label: 'Objective',
      help: 'What the model has to work out: without labels, or with them.',
      options: OBJECTIVE_NAMES.map((value) => ({
        value,
        label: `${OBJECTIVE_FACTS[value].title}: ${OBJECTIVE_FACTS[value].task}`,
        short: OBJECTIVE_FACTS[value].title,
      })),
      default: 'mp3',
    }),
    maskRatio: number({
      label: 'Mask ratio',
      help: 'Share of patches that are hidden (η in the papers): higher leaves less to reason from.',
      min: 0,
      max: 0.95,
      step: 0.05,
      default: 0,
      applies: 'live',
    }),
  },
  model: MODEL_FIELDS,
  optimiser: OPTIMISER_FIELDS,
  ...OBJECTIVE_SETTINGS,
} as const satisfies Record<string, FieldTable>;

export type { RunConfig };

export function defaultRun(): RunConfig {
  const sections = Object.entries(RUN_FIELDS).map(([section, table]) => [section, defaults(table)]);
  return Object.fromEntries(sections) as RunConfig;
}

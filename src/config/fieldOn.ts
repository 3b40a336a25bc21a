/** Settings as they are called on the samples of a run: SimMIM is BERT on texts, and a patch is a piece of a sound. */
import type { Field } from './field.ts';
import { inWordsOf } from './inWords.ts';
import { MODALITY_NAMES, modalityOf, wordsOf } from './modalities.ts';
import { factsOn, OBJECTIVE_NAMES } from './objectives.ts';
import { RUN_FIELDS, type RunConfig } from './run.ts';
import { fieldAt } from './settings.ts';

const OBJECTIVE = 'task.objective';

/** By path and by what things are called: the same object, whoever asks. */
const REWORDED = new Map<string, Field>();

/** As `fieldAt`. */
export function fieldOn(path: string, config: RunConfig): Field | undefined {
  const field = fieldAt(path);
  if (field === undefined || MODALITY_NAMES.some((name) => path.startsWith(`${name}.`))) return field;
  const key = [path, modalityOf(config), wordsOf(config).token, config.text.tokens].join();
  const known = REWORDED.get(key) ?? (path === OBJECTIVE ? objectiveOn(config) : reword(field, config));
  REWORDED.set(key, known);
  return known;
}

function objectiveOn(config: RunConfig): Field {
  const modality = modalityOf(config);
  const options = OBJECTIVE_NAMES.map((value) => {
    const { title, task } = factsOn(value, modality);
    const short = inWordsOf(config, title);
    return { value, label: `${short}: ${inWordsOf(config, task)}`, short };
  });
  return { ...RUN_FIELDS.task.objective, options };
}

/** The field itself where nothing is said otherwise. */
function reword(field: Field, config: RunConfig): Field {
  const say = (text: string): string => inWordsOf(config, text);
  const named = { ...field, label: say(field.label), help: say(field.help) };
  const reworded: Field =
    named.kind === 'choice'
      ? {
          ...named,
          options: named.options.map((option) => ({
            ...option,
            label: say(option.label),
            ...(option.short !== undefined && { short: say(option.short) }),
          })),
        }
      : named;
  return JSON.stringify(reworded) === JSON.stringify(field) ? field : reworded;
}

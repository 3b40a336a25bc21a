/** Settings as they are called on samples of one modality: SimMIM is BERT on texts, and a patch is a piece of a sound. */
import type { ChoiceField, Field } from './field.ts';
import { MODALITIES, MODALITY_NAMES, type ModalityName } from './modalities.ts';
import { factsOn, OBJECTIVE_NAMES } from './objectives.ts';
import { RUN_FIELDS } from './run.ts';
import { fieldAt, SETTING_PATHS } from './settings.ts';

const OBJECTIVE = 'task.objective';

const OBJECTIVES: ReadonlyMap<ModalityName, ChoiceField> = new Map(
  MODALITY_NAMES.map((modality) => [modality, { ...RUN_FIELDS.task.objective, options: optionsOn(modality) }]),
);

function optionsOn(modality: ModalityName) {
  return OBJECTIVE_NAMES.map((value) => {
    const { title, task } = factsOn(value, modality);
    return { value, label: `${title}: ${inWordsOf(modality, task)}`, short: title };
  });
}

/** Those that speak of patches, in the modality's own words. */
const REWORDED: ReadonlyMap<ModalityName, ReadonlyMap<string, Field>> = new Map(
  MODALITY_NAMES.map((modality) => [modality, rewordedOn(modality)]),
);

function rewordedOn(modality: ModalityName): ReadonlyMap<string, Field> {
  const isOwn = (path: string): boolean => MODALITY_NAMES.some((name) => path.startsWith(`${name}.`));
  const fields = SETTING_PATHS.filter((path) => !isOwn(path)).flatMap((path): [string, Field][] => {
    const field = fieldAt(path);
    const reworded = field === undefined ? undefined : reword(field, modality);
    return reworded === undefined ? [] : [[path, reworded]];
  });
  return new Map(fields);
}

/** Undefined where nothing is said otherwise. */
function reword(field: Field, modality: ModalityName): Field | undefined {
  const say = (text: string): string => inWordsOf(modality, text);
  const named = { ...field, label: say(field.label), help: say(field.help) };
  const reworded: Field =
    named.kind === 'choice'
      ? { ...named, options: named.options.map((option) => ({ ...option, label: say(option.label) })) }
      : named;
  return JSON.stringify(reworded) === JSON.stringify(field) ? undefined : reworded;
}

/** A text that speaks of patches as it is said of samples of a modality. */
export function inWordsOf(modality: ModalityName, text: string): string {
  const { token, tokens } = MODALITIES[modality].words;
  return text.replaceAll(/\bpatch(es)?\b/g, (_, many?: string) => (many === undefined ? token : tokens));
}

/** As `fieldAt`. */
export function fieldOn(path: string, modality: ModalityName): Field | undefined {
  if (path === OBJECTIVE) return OBJECTIVES.get(modality);
  return REWORDED.get(modality)?.get(path) ?? fieldAt(path);
}

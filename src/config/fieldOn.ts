/** Settings as they are called on samples of one modality: SimMIM is BERT on texts. */
import type { ChoiceField, Field } from './field.ts';
import { MODALITY_NAMES, type ModalityName } from './modalities.ts';
import { factsOn, OBJECTIVE_NAMES } from './objectives.ts';
import { RUN_FIELDS } from './run.ts';
import { fieldAt } from './settings.ts';

const OBJECTIVE = 'task.objective';

const OBJECTIVES: ReadonlyMap<ModalityName, ChoiceField> = new Map(
  MODALITY_NAMES.map((modality) => [modality, { ...RUN_FIELDS.task.objective, options: optionsOn(modality) }]),
);

function optionsOn(modality: ModalityName) {
  return OBJECTIVE_NAMES.map((value) => {
    const { title, task } = factsOn(value, modality);
    return { value, label: `${title}: ${task}`, short: title };
  });
}

/** As `fieldAt`. */
export function fieldOn(path: string, modality: ModalityName): Field | undefined {
  return path === OBJECTIVE ? OBJECTIVES.get(modality) : fieldAt(path);
}

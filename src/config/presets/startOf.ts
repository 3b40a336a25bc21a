import type { Settings } from '../field.ts';
import type { ModalityName } from '../modalities/names.ts';
import { OBJECTIVE_FACTS, type ObjectiveName } from '../objectives.ts';

/** An objective, and what it starts with on samples of a modality. */
export function startOf(objective: ObjectiveName, modality: ModalityName): Settings {
  const { start, startOn } = OBJECTIVE_FACTS[objective];
  return { 'task.objective': objective, ...start, ...startOn?.[modality] };
}

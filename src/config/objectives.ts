/** The ways to train: what each says of itself. An objective's section of the settings is named after it. */

import type { Values } from './field.ts';
import { MODALITY_NAMES, type ModalityName, modalityOf } from './modalities.ts';
import { contrastive } from './objectives/contrastive.ts';
import { data2vec } from './objectives/data2vec.ts';
import type { ObjectiveFacts } from './objectives/facts.ts';
import { mae } from './objectives/mae.ts';
import { mp3 } from './objectives/mp3.ts';
import { multimodalMae } from './objectives/multimodalMae.ts';
import type { ObjectiveName } from './objectives/names.ts';
import { robust } from './objectives/robust.ts';
import { selfDistillation } from './objectives/selfDistillation.ts';
import { simmim } from './objectives/simmim.ts';
import { supervised } from './objectives/supervised.ts';
import type { CoreConfig } from './sections.ts';

export { OBJECTIVE_NAMES, type ObjectiveName } from './objectives/names.ts';

const FACTS = { mp3, mae, simmim, data2vec, selfDistillation, supervised, contrastive, multimodalMae, robust } as const;

type Sections = { [N in ObjectiveName]: (typeof FACTS)[N]['fields'] };

/** Everything that decides an experiment's numbers, besides the data itself; `config/run.ts` says more. */
export type RunConfig = CoreConfig & { [N in ObjectiveName]: Values<Sections[N]> };

export const OBJECTIVE_FACTS: Readonly<Record<ObjectiveName, ObjectiveFacts<RunConfig>>> = FACTS;

/** Their sections of the settings. */
export const OBJECTIVE_SETTINGS = Object.fromEntries(
  Object.entries(FACTS).map(([name, { fields }]) => [name, fields]),
) as Sections;

/** The same by modality: an object each, whoever asks. */
const FACTS_ON = Object.fromEntries(
  Object.entries(OBJECTIVE_FACTS).map(([name, facts]) => [
    name,
    Object.fromEntries(MODALITY_NAMES.map((modality) => [modality, { ...facts, ...facts.on?.[modality] }])),
  ]),
) as Readonly<Record<ObjectiveName, Readonly<Record<ModalityName, ObjectiveFacts<RunConfig>>>>>;

/** What the objective of a run says of itself, on such samples and with its settings. */
export function factsOf(config: RunConfig): ObjectiveFacts<RunConfig> {
  const facts = factsOn(config.task.objective, modalityOf(config));
  const variant = variantOf(config);
  if (variant === undefined) return facts;
  const known = VARIED.get(facts) ?? {};
  known[variant] ??= { ...facts, ...facts.variants?.[variant] };
  VARIED.set(facts, known);
  return known[variant];
}

/** The name that its objective has for its settings, where they make it another one of its `variants`. */
export function variantOf(config: RunConfig): string | undefined {
  return OBJECTIVE_FACTS[config.task.objective].variant?.(config);
}

/** An object each too, made when it is first asked for. */
const VARIED = new Map<ObjectiveFacts<RunConfig>, Record<string, ObjectiveFacts<RunConfig>>>();

export function factsOn(objective: ObjectiveName, modality: ModalityName): ObjectiveFacts<RunConfig> {
  return FACTS_ON[objective][modality];
}

/** The sections that decide an objective's task, its own first. */
export function sectionsOf(objective: ObjectiveName): readonly ObjectiveName[] {
  return [objective, ...(OBJECTIVE_FACTS[objective].borrows ?? [])];
}

/** What the model in a file reads, as the shapes of its tensors say. */
import { SENSES } from '../config/modalities/names.ts';
import type { Traits } from '../config/modalities/tokens.ts';
import { tokensOf } from '../config/modalities.ts';
import type { RunConfig } from '../config/run.ts';
import type { TensorEntry } from '../io/safetensorsHeader.ts';
import { WORD_TABLE } from '../model/stem.ts';
import type { Subject } from '../objectives/objective.ts';

type Entries = readonly Pick<TensorEntry, 'name' | 'shape'>[];

export function subjectIn(entries: Entries, config: RunConfig): Subject {
  const members = SENSES.flatMap((sense) => {
    const traits = traitsIn(entries, `${sense}.`);
    return traits === undefined ? [] : [[sense, traits] as const];
  });
  const alone = traitsIn(entries, '') ?? { channels: 1 };
  const traits = members.length === 0 ? alone : { ...alone, members: Object.fromEntries(members) };
  return { tokens: tokensOf(config, traits), classes: shapeOf(entries, 'head.weight')?.[0] ?? 0 };
}

/** Of the encoder whose names stand behind `scope`; undefined when there is none. */
function traitsIn(entries: Entries, scope: string): Traits | undefined {
  const vocabulary = shapeOf(entries, `${scope}${WORD_TABLE}`)?.[0];
  if (vocabulary !== undefined) return { channels: 1, vocabulary };
  const channels = shapeOf(entries, `${scope}patch_embed.proj.weight`)?.[1];
  return channels === undefined ? undefined : { channels: channels === 3 ? 3 : 1 };
}

function shapeOf(entries: Entries, name: string): readonly number[] | undefined {
  return entries.find((entry) => entry.name === name)?.shape;
}

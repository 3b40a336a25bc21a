/** The ways to pretrain, and the settings that only one of them has. An objective's section is named after it. */
import { choice, type FieldTable } from './field.ts';

export const OBJECTIVE_NAMES = ['mp3'] as const;
export type ObjectiveName = (typeof OBJECTIVE_NAMES)[number];

export const OBJECTIVE_LABELS: Readonly<Record<ObjectiveName, string>> = {
  mp3: 'MP3: where does each patch belong?',
};

export const OBJECTIVE_SETTINGS = {
  mp3: {
    classToken: choice({
      label: 'Class token',
      help: 'A learned token that every patch may read beside the context; without it only context patches are read.',
      options: [
        { value: 'context', label: 'in the context' },
        { value: 'none', label: 'none' },
      ],
      default: 'context',
    }),
  },
} as const satisfies Record<ObjectiveName, FieldTable>;

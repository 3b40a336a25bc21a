/** The ways to train. */
export const OBJECTIVE_NAMES = [
  'mp3',
  'mae',
  'simmim',
  'data2vec',
  'selfDistillation',
  'supervised',
  'contrastive',
  'multimodalMae',
  'robust',
] as const;
export type ObjectiveName = (typeof OBJECTIVE_NAMES)[number];

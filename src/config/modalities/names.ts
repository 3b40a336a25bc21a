/** What samples of one kind are made of, and the members of samples that have several; in the order of every table and every key. */
export const SENSES = ['picture', 'sound', 'text'] as const;
export type Sense = (typeof SENSES)[number];

/** What samples are made of: of one of them, or of several. */
export const MODALITY_NAMES = [...SENSES, 'pair'] as const;
export type ModalityName = (typeof MODALITY_NAMES)[number];

export const MODALITY_LABELS: Readonly<Record<ModalityName, string>> = {
  picture: 'Pictures',
  sound: 'Sounds',
  text: 'Texts',
  pair: 'Pairs',
};

/** What samples are made of. */
export const MODALITY_NAMES = ['picture'] as const;
export type ModalityName = (typeof MODALITY_NAMES)[number];

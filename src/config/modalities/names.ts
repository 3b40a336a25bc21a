/** What samples are made of. */
export const MODALITY_NAMES = ['picture', 'sound', 'text'] as const;
export type ModalityName = (typeof MODALITY_NAMES)[number];

export const MODALITY_LABELS: Readonly<Record<ModalityName, string>> = {
  picture: 'Pictures',
  sound: 'Sounds',
  text: 'Texts',
};

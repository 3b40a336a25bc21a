/** Samples with several members: a picture, a sound and a caption of one thing (multimodal.md 1, 11). */

/** What a sample's members are of, in the order of every table and every key. */
export const SENSES = ['picture', 'sound', 'text'] as const;
export type Sense = (typeof SENSES)[number];

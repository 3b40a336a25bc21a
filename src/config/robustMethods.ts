/** How labels for some senses are used, and what that is compared with (McKinzie et al. 2023; methods 6). */

/** Linear probe, fine-tuning from it, and self-distillation to all the other senses, or a random part of them. */
export const ROBUST_METHODS = ['LP', 'FT', 'MASD', 'MASD*'] as const;
export type RobustMethod = (typeof ROBUST_METHODS)[number];

/** What people compare with: frozen encoders that learned nothing, and training from nothing with the same labels. */
export const ROBUST_BASELINES = ['random', 'scratch'] as const;
export type RobustBaseline = (typeof ROBUST_BASELINES)[number];

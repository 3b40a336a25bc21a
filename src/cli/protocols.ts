/** How labels may be used, by the names that commands and lists of experiments know. */
import type { RunConfig } from '../config/run.ts';
import type { Protocol } from '../trainer/study/plan.ts';

type Train = RunConfig['supervised']['train'];

interface NamedProtocol {
  protocol: Protocol;
  /** What learns. */
  train: Train;
}

/** Partial fine-tuning names the last blocks that learn; half a block is its MLP (methods 7). */
export const PROTOCOL_NAMES = ['full', 'last4', 'last2', 'last1', 'last0.5', 'last0', 'linear', 'knn'] as const;
export type ProtocolName = (typeof PROTOCOL_NAMES)[number];

export function protocolOf(name: ProtocolName): NamedProtocol {
  switch (name) {
    case 'full':
      return { protocol: 'finetune', train: 'all' };
    case 'linear':
    case 'knn':
      return { protocol: name, train: '0' };
    default:
      return { protocol: 'finetune', train: name.slice('last'.length) as Train };
  }
}

/** Settings that would change nothing at the moment, and why: the page switches them off and says so. */
import { inWordsOf } from './inWords.ts';
import { modalityFacts } from './modalities.ts';
import type { RunConfig } from './objectives.ts';
import { factsOf } from './objectives.ts';

type Reason = (config: RunConfig) => string | undefined;

/** Of the settings that all objectives share; an objective's own stand in its facts. */
const SHARED: Readonly<Record<string, Reason>> = {
  'data.splitSeed': ({ data }) => (data.dataset === 'files' ? undefined : 'only for your files'),
  'data.modality': ({ data }) => (data.dataset === 'files' ? undefined : 'only for your files'),
  'data.holdOut': ({ data }) => (data.dataset === 'files' ? undefined : 'only for your files'),
  'data.classLevel': ({ data }) => (data.dataset === 'files' ? undefined : 'only for your files'),
  'task.maskRatio': (config) => (factsOf(config).masks ? undefined : 'nothing is hidden'),
  'model.heads': ({ model }) => (model.depth === 0 ? 'no blocks at depth 0' : undefined),
  'model.dropPath': ({ model }) => (model.depth <= 1 ? 'spares the first block' : undefined),
};

/**
 * Why changing the setting at `path` would change no number of a run of `config`, in a few words ("only for DropPos"); undefined
 * when it does something.
 */
export function idleReason(config: RunConfig, path: string): string | undefined {
  const reasons: Readonly<Record<string, Reason>> = { ...SHARED, ...modalityFacts(config).idle, ...factsOf(config).idle };
  const reason = Object.hasOwn(reasons, path) ? reasons[path]?.(config) : undefined;
  return reason === undefined ? undefined : inWordsOf(config, reason);
}

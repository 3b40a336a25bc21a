/** The pictures that the visitor brought: what is being read, what was used, what was refused. */
import type { LoadReport } from '../../data/samples.ts';
import type { Progress } from './run.ts';

export interface FilesState {
  loading: Progress | null;
  /** How the last files fared; null when none were brought. */
  report: LoadReport | null;
  /** True once some of the visitor's files can be trained on. */
  usable: boolean;
}

export const NO_FILES: FilesState = { loading: null, report: null, usable: false };

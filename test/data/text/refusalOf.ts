import { BadDataError } from '../../../src/base/errors.ts';

/** The message of the refusal that `work` ends with; undefined when it ends with none. Other errors pass. */
export function refusalOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (!(error instanceof BadDataError)) throw error;
    return error.message;
  }
}

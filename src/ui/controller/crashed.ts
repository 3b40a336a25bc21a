import type { ErrorReport } from '../../base/errors.ts';

/** What is told where the worker of a study or a sweep is gone with its work. @param message of the browser, often empty */
export function crashReport(message: string): ErrorReport {
  return { name: 'Error', message: `The work stopped${message === '' ? '' : ` (${message})`}; probably memory ran out.` };
}

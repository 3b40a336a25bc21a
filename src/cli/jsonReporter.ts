import type { Reporter } from './reporter.ts';

/** One JSON object a line. Numbers are printed in full, so that equal runs print equal lines, times aside. */
export function jsonReporter(print: (line: string) => void): Reporter {
  const event = (name: string, fields: object): void => print(JSON.stringify({ event: name, ...fields }));
  return {
    loaded: ({ used, refused }) => event('data', { used, refused }),
    opened: () => undefined,
    stepped: ({ step, loss, accuracy, learningRate, gradientNorm, milliseconds }) =>
      event('report', { step, loss, positionAccuracy: accuracy, learningRate, gradientNorm, milliseconds }),
    tested: ({ step, loss, accuracy, top5, assignmentAccuracy }) =>
      event('evaluation', { step, loss, positionAccuracy: accuracy, positionTop5: top5, assignmentAccuracy }),
    done: (report) => event('done', report),
  };
}

import type { MetricName, Scores } from '../config/metrics.ts';
import type { Reporter } from './reporter.ts';

/** One JSON object a line. Numbers are printed in full, so that equal runs print equal lines, times aside. */
export function jsonReporter(print: (line: string) => void): Reporter {
  const event = (name: string, fields: object): void => print(JSON.stringify({ event: name, ...fields }));
  return {
    loaded: (report, classes) => event('data', { ...report, classes }),
    opened: () => undefined,
    started: ({ from, added, unused, resized }) =>
      event('start', { from, new: added, unused, ...(resized.length === 0 ? {} : { resized }) }),
    resumed: ({ step, file }) => event('resumed', { step, file }),
    saved: ({ step, file }) => event('saved', { step, file }),
    stepped: ({ step, loss, metrics, learningRate, gradientNorm, milliseconds }) =>
      event('report', { step, loss, ...metrics, learningRate, gradientNorm, milliseconds }),
    tested: ({ step, scores }) => event('evaluation', { step, ...scores }),
    // `evalEta` is what earlier versions called it, and scripts read it.
    done: ({ scores, errors, ...report }) =>
      event('done', { ...scores, ...report, evalEta: report.evalMaskRatio, standardErrors: measured(errors, scores) }),
  };
}

/** Errors of those scores that are numbers: of nothing there is no error either. */
function measured(errors: Scores, scores: Scores): Scores {
  return Object.fromEntries(Object.entries(errors).filter(([name]) => !Number.isNaN(scores[name as MetricName])));
}

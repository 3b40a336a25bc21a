/** What a trace of Chromium tells of the page's main thread. */

export const TRACE_CATEGORIES = ['toplevel', '__metadata', 'disabled-by-default-devtools.timeline', 'devtools.timeline'];

/**
 * @typedef {{ name: string, pid: number, tid: number, tdur?: number, args?: { name?: string } }} TraceEvent
 */

/**
 * Of the renderer's main thread that worked most: the page's. Milliseconds on the processor, which other programs of a busy machine do
 * not add to.
 *
 * @param {Buffer} trace as `browser.stopTracing` gives it
 * @returns {{ busy: number, longest: number, script: number }}
 */
export function mainThreadOf(trace) {
  /** @type {{ traceEvents: TraceEvent[] }} `tdur` in microseconds */
  const { traceEvents: events } = JSON.parse(trace.toString());
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const perThread = mains.map(({ pid, tid }) => {
    const own = events.filter((event) => event.pid === pid && event.tid === tid && event.tdur !== undefined);
    // A task has a second event of another name inside.
    const tasks = own.filter(({ name }) => name === 'RunTask').map(({ tdur = 0 }) => tdur / 1000);
    const scripts = own
      .filter(({ name }) => name === 'FunctionCall' || name === 'EvaluateScript')
      .map(({ tdur = 0 }) => tdur / 1000);
    return { busy: sum(tasks), longest: Math.max(0, ...tasks), script: sum(scripts) };
  });
  return perThread.toSorted((a, b) => b.busy - a.busy)[0];
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

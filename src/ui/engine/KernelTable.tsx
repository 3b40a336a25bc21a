/** One row for each kernel of the measured step, the dearest first. */
import type { KernelTiming } from '../../engine/stepper.ts';
import { TableFrame } from '../controls/TableFrame.tsx';
import { formatCount, formatPercent, formatRate } from '../format.ts';
import { type KernelReport, rateOf, shareOfStep } from '../store/kernels.ts';

interface Props {
  report: KernelReport;
  /** Whether operations are counted on this backend. */
  counted: boolean;
}

export function KernelTable({ report, counted }: Props) {
  const { timings, step, milliseconds } = report;
  const calls = timings.reduce((sum, timing) => sum + timing.calls, 0);
  return (
    <TableFrame label="Time of each kernel">
      <table className="table kernel-table">
        <caption className="visually-hidden">Kernels of step {formatCount(step)}, the one that takes longest first</caption>
        <thead>
          <tr>
            <th scope="col">kernel</th>
            <th scope="col">calls</th>
            <th scope="col">ms</th>
            <th scope="col" className="share-head">
              share
            </th>
            {counted && <th scope="col">GFLOP/s</th>}
            {counted && <th scope="col">of peak</th>}
          </tr>
        </thead>
        <tbody>
          {timings.map((timing) => (
            <KernelRow key={timing.kernel} timing={timing} report={report} counted={counted} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">all of step {formatCount(step)}</th>
            <td>{formatCount(calls)}</td>
            <td>{milliseconds.toFixed(2)}</td>
            <td colSpan={counted ? 3 : 1} />
          </tr>
        </tfoot>
      </table>
    </TableFrame>
  );
}

function KernelRow({ timing, report, counted }: Props & { timing: KernelTiming }) {
  const share = shareOfStep(timing, report);
  const rate = rateOf(timing);
  return (
    <tr>
      <th scope="row">{timing.kernel}</th>
      <td>{formatCount(timing.calls)}</td>
      <td>{timing.milliseconds.toFixed(2)}</td>
      <td>
        <div className="share">
          <span className="share-bar" aria-hidden="true">
            <span style={{ width: `${100 * share}%` }} />
          </span>
          <span className="share-value">{formatPercent(share)}</span>
        </div>
      </td>
      {counted && <td>{rate === null ? '–' : formatRate(rate)}</td>}
      {counted && <td>{rate === null ? '–' : formatPercent(rate / report.peakGflops, 0)}</td>}
    </tr>
  );
}

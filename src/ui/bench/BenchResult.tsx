/** What was found at one size. */
import { benchRun, describeRun } from '../../bench/configs.ts';
import type { BenchReport, BenchRow } from '../../bench/report.ts';
import { TableFrame } from '../controls/TableFrame.tsx';
import type { BenchOutcome } from '../store/bench.ts';
import { type Column, columnsOf, contenderName, notesOf } from './columns.ts';

export function BenchResult({ outcome }: { outcome: BenchOutcome }) {
  const { config, backend } = outcome;
  const place = outcome.ok ? outcome.device : backend === 'wasm' ? 'WebAssembly' : 'WebGPU';
  return (
    <section className="panel bench-result" aria-label={`${config} on ${place}`}>
      <header className="panel-head">
        <h3>
          {config} on {place}
        </h3>
        <span className="panel-extra fact">{describeRun(benchRun(config))}</span>
      </header>
      {outcome.ok ? <Report config={config} report={outcome.report} /> : <p className="bench-problem">{outcome.problem}</p>}
    </section>
  );
}

function Report({ config, report }: { config: string; report: BenchReport }) {
  const columns = columnsOf(report);
  return (
    <>
      <TableFrame label={`Times at size ${config}`}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">contender</th>
              {columns.map(({ heading, help }) => (
                <th key={heading} scope="col" title={help}>
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.rows.map((row) => (
              <Row key={row.contender} row={row} report={report} columns={columns} />
            ))}
          </tbody>
        </table>
      </TableFrame>
      <p className="small muted">{notesOf(report).join(' ')}</p>
    </>
  );
}

function Row({ row, report, columns }: { row: BenchRow; report: BenchReport; columns: readonly Column[] }) {
  return (
    <tr>
      <th scope="row">{contenderName(row.contender)}</th>
      {columns.map(({ heading, cell }) => (
        <td key={heading}>{cell(row, report)}</td>
      ))}
    </tr>
  );
}

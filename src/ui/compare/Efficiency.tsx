/** What a training step costs over mask ratios, here and in the paper (MP3, table 2). */

import { Gauge } from 'lucide-react';
import type { ReactNode } from 'react';
import { modalityFacts } from '../../config/modalities.ts';
import { OBJECTIVE_FACTS } from '../../config/objectives.ts';
import type { EfficiencyObjective, EfficiencyRow } from '../../trainer/study/efficiency.ts';
import { useController } from '../controller/context.ts';
import { TABLE_MASK_RATIOS } from '../controller/study.ts';
import { TableFrame } from '../controls/TableFrame.tsx';
import { formatBytes, formatMilliseconds } from '../format.ts';
import { Panel } from '../panels/Panel.tsx';
import { StopButton } from '../parts/StopButton.tsx';
import { selectConfig } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';
import type { EfficiencyReport } from '../store/study.ts';
import { formatGflop } from '../study/cost.ts';
import { describeShape } from '../study/plan.ts';

type Shown = Extract<EfficiencyObjective, 'mp3' | 'mae' | 'supervised'>;

const NAMES: Readonly<Record<Shown, string>> = { mae: 'MAE', mp3: 'MP3', supervised: 'With labels' };
const ORDER: readonly Shown[] = ['mae', 'mp3', 'supervised'];

/** Seconds and GB an iteration: ViT-B on an A100, Zhai et al. 2022, table 2. Null: out of memory. */
const PAPER: Readonly<Record<Shown, readonly ({ seconds: number; gigabytes: number } | null)[]>> = {
  mae: [null, { seconds: 0.57, gigabytes: 35.1 }, { seconds: 0.47, gigabytes: 28.0 }, { seconds: 0.41, gigabytes: 24.4 }],
  mp3: [
    { seconds: 0.52, gigabytes: 30.0 },
    { seconds: 0.51, gigabytes: 27.4 },
    { seconds: 0.46, gigabytes: 24.2 },
    { seconds: 0.44, gigabytes: 22.3 },
  ],
  // Without a mask there is one number.
  supervised: [{ seconds: 0.67, gigabytes: 33.5 }],
};

export function Efficiency() {
  const efficiency = useApp((state) => state.study.efficiency);
  const measuring = useApp((state) => state.study.measuring);
  const busy = useApp((state) => state.study.work !== null);
  const { study } = useController();
  return (
    <Panel title="What a step costs" about={<About />} className="efficiency-panel" extra={<Model />}>
      <div className="study-start">
        {measuring ? (
          <StopButton onStop={() => study.stop()} label="Stop measuring" />
        ) : (
          <button type="button" className="button" disabled={busy} onClick={() => study.measure()}>
            <Gauge size={16} aria-hidden="true" />
            Measure
          </button>
        )}
        <p className="small muted" aria-live="polite">
          {sayState(efficiency, measuring, busy)}
        </p>
      </div>
      <CostTable rows={efficiency?.progress.rows ?? []} />
    </Panel>
  );
}

function Model() {
  const config = useApp(selectConfig);
  return (
    <span className="fact">
      {describeShape(config)}, {modalityFacts(config).form(config)}, batch {config.optimiser.batch}
    </span>
  );
}

function sayState(efficiency: EfficiencyReport | null, measuring: boolean, busy: boolean): string {
  if (measuring && efficiency === null) return 'Starting the engine…';
  if (efficiency === null) {
    return busy ? 'The study above has to end first.' : 'Takes under a minute for a small model; training rests meanwhile.';
  }
  const { outcome, device, problem, progress } = efficiency;
  if (outcome === 'running') return `Measuring on ${device}: turn ${progress.done + 1} of ${progress.total}`;
  if (outcome === 'failed') return `Failed: ${problem ?? ''}`;
  return outcome === 'stopped' ? `Stopped; what was measured on ${device} stays.` : `Measured on ${device}.`;
}

function CostTable({ rows }: { rows: readonly EfficiencyRow[] }) {
  const find = (objective: Shown, maskRatio: number | undefined): EfficiencyRow | undefined =>
    rows.find((row) => row.objective === objective && row.maskRatio === maskRatio);
  return (
    <TableFrame label="Time and memory of a training step over mask ratios">
      <table className="table efficiency">
        <thead>
          <tr>
            <th scope="col">mask ratio</th>
            {TABLE_MASK_RATIOS.map((maskRatio) => (
              <th key={maskRatio} scope="col">
                {maskRatio}
              </th>
            ))}
          </tr>
        </thead>
        {ORDER.map((objective) => (
          <tbody key={objective}>
            <tr>
              <th scope="row">{NAMES[objective]}, here</th>
              {!OBJECTIVE_FACTS[objective].masks ? (
                <AnyRatio>
                  <Measured row={find(objective, undefined)} />
                </AnyRatio>
              ) : (
                TABLE_MASK_RATIOS.map((maskRatio) => (
                  <td key={maskRatio}>
                    <Measured row={find(objective, maskRatio)} />
                  </td>
                ))
              )}
            </tr>
            <tr className="muted">
              <th scope="row">{NAMES[objective]}, paper (A100, ViT-B)</th>
              {!OBJECTIVE_FACTS[objective].masks ? (
                <AnyRatio>{sayPaper(PAPER[objective][0] ?? null)}</AnyRatio>
              ) : (
                PAPER[objective].map((cell, index) => <td key={TABLE_MASK_RATIOS[index]}>{sayPaper(cell)}</td>)
              )}
            </tr>
          </tbody>
        ))}
      </table>
    </TableFrame>
  );
}

/** Labels are learned from whole pictures: one number, which belongs to no column. */
function AnyRatio({ children }: { children: ReactNode }) {
  return (
    <td className="any-ratio" colSpan={TABLE_MASK_RATIOS.length}>
      {children} <span className="muted">(nothing is masked)</span>
    </td>
  );
}

function Measured({ row }: { row: EfficiencyRow | undefined }) {
  if (row?.problem !== undefined) return <span title={row.problem}>not possible</span>;
  if (row?.medianMs === undefined) return <>–</>;
  return (
    <span title={`${formatGflop(row.gflop)} a step; attention maps alone ${formatBytes(row.attentionBytes)}`}>
      {formatMilliseconds(row.medianMs)}
      {row.bytes !== undefined && `, ${formatBytes(row.bytes)}`}
    </span>
  );
}

function sayPaper(cell: { seconds: number; gigabytes: number } | null): string {
  return cell === null ? 'out of memory' : `${cell.seconds} s, ${cell.gigabytes.toFixed(1)} GB`;
}

function About() {
  return (
    <>
      <p>
        Median time of one training step and the most memory it takes, for a model as large as that of the run, on this machine:
        table 2 of the MP3 paper, measured again.
      </p>
      <p>
        MP3 asks every patch but lets only the context answer, so attention gets cheaper as the mask ratio grows; MAE drops masked
        patches from its encoder and adds a decoder that sees all of them.
      </p>
      <p>The grey rows are the paper’s own numbers (ViT-B on an A100), for the order of magnitude and the trend only.</p>
    </>
  );
}

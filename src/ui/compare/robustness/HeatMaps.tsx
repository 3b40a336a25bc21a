/** The heat map of one method at a time, as it is or against the linear probe. */
import { useState } from 'react';
import { Toggles } from '../../controls/Toggles.tsx';
import type { RobustnessReport } from '../../store/robustness.ts';
import { useApp } from '../../store/store.ts';
import { heatCells, nameWay, waysOf } from '../../study/robustness.ts';
import { METHOD_NAMES } from '../../study/robustnessPlan.ts';
import { CellSwitchboard, type OpenCell } from './CellSwitchboard.tsx';
import { HeatMap } from './HeatMap.tsx';

const TRAINED = 'as trained';

export function HeatMaps({ report }: { report: RobustnessReport }) {
  const { progress } = useApp((state) => state.robustness.work) ?? { progress: null };
  const [wantedMethod, wantMethod] = useState<string | null>(null);
  const [wantedAlpha, wantAlpha] = useState(TRAINED);
  const [wantsDifference, wantDifference] = useState(false);
  const [opened, open] = useState<OpenCell | null>(null);
  const ways = waysOf(report);
  const methods = [...new Set(ways.map(({ method }) => method))];
  const method = methods.find((known) => known === wantedMethod) ?? methods[0];
  const alphas = ways.flatMap((way) => (way.method === method && way.alpha !== undefined ? [String(way.alpha)] : []));
  const alpha = alphas.includes(wantedAlpha) ? wantedAlpha : TRAINED;
  if (method === undefined) return null;
  const way = { method, ...(alpha === TRAINED ? {} : { alpha: Number(alpha) }) };
  const mayDiffer = method !== 'LP' && report.asked.methods.includes('LP');
  const difference = wantsDifference && mayDiffer;
  const task = progress?.task;
  return (
    <section aria-label="Robustness" className="label-curves">
      <div className="study-chart-head">
        <h3 id="heat-title">Robustness</h3>
        <Toggles
          labelledBy="heat-title"
          value={method}
          disabled={false}
          options={methods.map((name) => [name, METHOD_NAMES[name]])}
          onChange={wantMethod}
        />
        {alphas.length > 0 && (
          <>
            <span id="heat-alpha" className="small muted">
              alpha
            </span>
            <Toggles
              labelledBy="heat-alpha"
              value={alpha}
              disabled={false}
              options={[TRAINED, ...alphas].map((name) => [name, name])}
              onChange={wantAlpha}
            />
          </>
        )}
        <label className="study-tick" data-off={!mayDiffer || undefined}>
          <input
            type="checkbox"
            checked={difference}
            disabled={!mayDiffer}
            onChange={(event) => wantDifference(event.target.checked)}
          />
          difference to LP
        </label>
      </div>
      <HeatMap
        title={`${nameWay(way)}: accuracy in percent${difference ? ', difference to LP' : ''}`}
        cells={heatCells(report, way, difference)}
        senses={report.senses.length}
        difference={difference}
        running={task?.method === method ? task.trainedOn.join('+') : null}
        onOpen={open}
      />
      <ul className="legend heat-legend">
        {(['equal', 'missing', 'added', 'transfer', 'overlap'] as const).map((stratum) => (
          <li key={stratum}>
            <span className="heat-key" data-stratum={stratum} aria-hidden="true" />
            {stratum}
          </li>
        ))}
        <li>
          <span className="heat-key" data-empty aria-hidden="true" />
          not computed
        </li>
        <li className="muted">{sayLetters(report.senses)}; numbers in percent, mean over seeds; press a cell to try its model</li>
      </ul>
      {opened !== null && <CellSwitchboard report={report} way={way} cell={opened} close={() => open(null)} />}
    </section>
  );
}

/** "P picture, S sound, T text" */
function sayLetters(senses: readonly string[]): string {
  return senses.map((sense) => `${sense.slice(0, 1).toUpperCase()} ${sense}`).join(', ');
}

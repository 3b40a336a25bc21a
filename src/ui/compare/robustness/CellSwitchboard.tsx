/** A cell of the map as a switchboard: what the very model of its row answers to test samples, senses on and off. */
import { X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import '../../styles/pairs.css';
import type { Sense } from '../../../config/modalities.ts';
import { type Subset, subsetName } from '../../../config/subsets.ts';
import { switchboardSamples } from '../../../trainer/robustness/answers.ts';
import { rowOf } from '../../../trainer/robustness/table.ts';
import { Member } from '../../pairs/Member.tsx';
import { Switchboard } from '../../pairs/Switchboard.tsx';
import type { RobustnessReport } from '../../store/robustness.ts';
import { nameWay, type Way } from '../../study/robustness.ts';

/** Which cell was opened. */
export interface OpenCell {
  trained: Subset;
  tested: Subset;
}

interface Props {
  report: RobustnessReport;
  way: Way;
  cell: OpenCell;
  close(): void;
}

const HEIGHT = 72;

export function CellSwitchboard({ report, way, cell, close }: Props) {
  const frame = useRef<HTMLElement>(null);
  const { trained, tested } = cell;
  // Of another cell the focus goes there again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    frame.current?.scrollIntoView({ block: 'nearest' });
    frame.current?.querySelector<HTMLElement>('[role=group]')?.focus({ preventScroll: true });
  }, [cell]);
  const title = `${nameWay(way)}, labels for ${trained.join(' + ')}`;
  return (
    <section ref={frame} className="cell-switchboard" aria-label={`Switchboard: ${title}`}>
      <div className="study-chart-head">
        <h4>{title}</h4>
        <button type="button" className="icon-button" aria-label="Close the switchboard" title="Close" onClick={close}>
          <X size={14} aria-hidden="true" />
        </button>
      </div>
      <Answers key={`${title} ${subsetName(tested)}`} report={report} way={way} cell={cell} />
    </section>
  );
}

function Answers({ report, way, cell: { trained, tested } }: Omit<Props, 'close'>) {
  const { senses, asked, rows, shown: set } = report;
  const [shown, show] = useState<Subset<Sense>>(senses.filter((sense) => tested.includes(sense)));
  const found = useMemo(
    () =>
      asked.seeds.flatMap((seed) => {
        const own = rowOf(rows, senses, { ...way, seed }, trained);
        return own?.row.answers === undefined ? [] : [{ seed, row: own.row, answers: own.row.answers }];
      })[0],
    [asked, rows, senses, way, trained],
  );
  const samples = useMemo(
    () =>
      found === undefined || set == null
        ? []
        : switchboardSamples(found.answers, {
            senses,
            classes: set.classes.length,
            labels: set.labels,
            isThere: (subset, i) => subset.every((sense) => set.present?.[sense]?.[i] !== 0),
          }),
    [found, set, senses],
  );
  if (found === undefined || set == null) {
    return (
      <p className="small muted">Not computed yet, or by a version that kept no answers: run the study once more for them.</p>
    );
  }
  const { seed, row } = found;
  return (
    <>
      <Switchboard
        set={set}
        senses={senses}
        trainedOn={senses.filter((sense) => trained.includes(sense))}
        samples={samples}
        shown={shown}
        onShow={show}
        rate={(at) => ({ share: row.accuracy[at], count: row.counts[at] })}
        member={(sense, index) => (
          <Member set={set} index={index} sense={sense} height={HEIGHT} name={`Test sample ${index + 1}`} />
        )}
      />
      <p className="small muted">
        What this model answered when it was tested (seed {seed}), on {samples.length} of its test samples. Keys 1, 2 and 3 switch
        senses, the arrows go to the next sample, F to the next kind of samples.
      </p>
    </>
  );
}

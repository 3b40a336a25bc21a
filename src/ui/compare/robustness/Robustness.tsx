/** Shows the robustness study where there is something to start it from, or something that it has found. */
import { useEffect, useMemo } from 'react';
import { sensesOf } from '../../../config/modalities/pair.ts';
import { useController } from '../../controller/context.ts';
import { lazyPart } from '../../parts/lazyPart.tsx';
import { nameRun } from '../../store/runs.ts';
import { useApp } from '../../store/store.ts';
import { isPretrainedOnSenses } from '../../study/robustnessPlan.ts';
import type { Startable } from './startable.ts';

const RobustnessPanel = lazyPart(() => import('./RobustnessPanel.tsx'));

export function Robustness() {
  const runs = useApp((state) => state.kept.runs);
  const info = useApp((state) => state.run.info);
  const step = useApp((state) => state.run.step);
  const there = useApp((state) => state.robustness.report !== null);
  const { robustness } = useController();
  useEffect(() => void robustness.restore(), [robustness]);
  const startable = useMemo((): Startable[] => {
    const kept = runs
      .filter(({ config }) => isPretrainedOnSenses(config))
      .map(({ id, name, config }) => ({ start: id, name, label: name, senses: sensesOf(config) }));
    if (info === null || step === 0 || !isPretrainedOnSenses(info.config)) return kept;
    const name = nameRun(info.config, info.datasetName, step, []);
    return [...kept, { start: 'current', name, label: `Under way: ${name}`, senses: sensesOf(info.config) }];
  }, [runs, info, step]);
  if (startable.length === 0 && !there) return null;
  return <RobustnessPanel startable={startable} />;
}

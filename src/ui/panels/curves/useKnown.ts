/** What the reference lines of the run's charts are worked out from. */
import { useMemo } from 'react';
import type { Known } from '../../charts/curves.ts';
import { selectConfig, selectInfo } from '../../store/selectors.ts';
import { useApp } from '../../store/store.ts';

/** @param measured levels that were measured, by name */
export function useKnown(measured: Readonly<Record<string, number>>): Known {
  const config = useApp(selectConfig);
  const info = useApp(selectInfo);
  return useMemo(
    () => ({
      config,
      patchLength: info?.tokens.length ?? null,
      classes: info?.classes.length ?? 0,
      ceiling: info?.accuracyCeiling ?? null,
      measured,
    }),
    [config, info, measured],
  );
}

/** The space bar trains or pauses, unless some control has the focus: then it is the control's. */
import { useEffect } from 'react';
import type { RunController } from './controller/runs.ts';

export function useSpaceBar(runs: RunController): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== ' ' || event.repeat || event.target !== document.body) return;
      event.preventDefault();
      runs.toggle();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [runs]);
}

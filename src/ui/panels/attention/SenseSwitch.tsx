/** Which sense's encoder is looked at, where each has one of its own. */
import { useId } from 'react';
import type { Sense } from '../../../config/modalities.ts';
import { useController } from '../../controller/context.ts';
import { Toggles } from '../../controls/Toggles.tsx';
import { capital } from '../../format.ts';

export function SenseSwitch({ senses, sense }: { senses: readonly Sense[]; sense: Sense }) {
  const id = useId();
  const { view } = useController();
  const choose = (name: string): void => {
    const chosen = senses.find((one) => one === name);
    if (chosen !== undefined) view.chooseSense(chosen);
  };
  return (
    <div className="sense-switch">
      <span id={id} className="visually-hidden">
        Sense
      </span>
      <Toggles
        labelledBy={id}
        value={sense}
        disabled={false}
        options={senses.map((one) => [one, capital(one)])}
        onChange={choose}
      />
    </div>
  );
}

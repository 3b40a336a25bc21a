/** What something took: measured time and counted arithmetic. */
import type { Cost } from '../../trainer/study/plan.ts';
import { formatCost } from './cost.ts';

export function CostText({ cost }: { cost: Cost | null }) {
  if (cost === null) return <span title="Not all of it was done here, so nobody measured it.">–</span>;
  return <>{formatCost(cost)}</>;
}

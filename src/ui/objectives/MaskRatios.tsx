/** Accuracy against the mask ratio of pretraining, of texts and of pictures. */
import { PERCENT_AXIS, withDotRoom } from '../charts/axes.ts';
import { LazyChart } from '../charts/LazyChart.tsx';
import type { Axis } from '../charts/types.ts';
import { formatPercent, formatSetting } from '../format.ts';
import { FIVE_GRAM, RATIO_LINES, ratioSeries } from './maskRatios.ts';

const RATIOS: Axis = withDotRoom({ domain: [0, 1], ticks: [0, 0.15, 0.5, 0.75, 1], format: String });
const SERIES = ratioSeries();
const SAID = RATIO_LINES.map(
  ({ name, points }) => `${name} ${points.map(([ratio, percent]) => `${percent} % at ${ratio}`).join(', ')}`,
);

export function MaskRatios() {
  return (
    <section className="mask-ratios" aria-labelledby="mask-ratios-title">
      <h4 id="mask-ratios-title">“Text wants 15 %, pictures 75 %”</h4>
      <div className="mask-ratios-chart">
        <LazyChart
          title="Accuracy against mask ratio"
          label={`Accuracy against the mask ratio of pretraining: ${SAID.join('; ')}`}
          x={{ ...RATIOS, unit: 'mask ratio' }}
          y={PERCENT_AXIS}
          say={{ x: (ratio) => `mask ratio ${formatSetting(ratio)}`, y: (share) => formatPercent(share) }}
          series={SERIES}
          references={[{ name: 'five-gram', y: FIVE_GRAM, value: formatPercent(FIVE_GRAM, 0), terse: true }]}
        />
      </div>
      <ul className="muted">
        {RATIO_LINES.map(({ name, told }) => (
          <li key={name}>
            <b>{name}</b>: {told}
          </li>
        ))}
      </ul>
      <p>
        <b>15 % is a custom of large runs; 75 % fails on words, not on topics.</b> What a masked word would be copied from is gone
        then, and less is right than its neighbours alone would tell (five-gram); what a text is about survives. A picture’s
        patches still have neighbours.
      </p>
      <p className="muted">
        Measured before, not here: texts with three seeds and small models, where topics move by 3 to 18 points from seed to seed;
        pictures by the MAE paper (figure 5). In short runs 15 % also asks half as many words a step as 30 %. Keep runs of several
        ratios, and the Compare page draws your own.
      </p>
    </section>
  );
}

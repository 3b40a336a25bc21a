/** How the numbers of a card are said in its verdicts: as its charts and its table have them. */
import { type CardForm, type CardLine, categoriesOf, type FigureCard, sayX } from '../config/figures/card.ts';
import { type FigureRule, unitOf } from '../config/figures/rules.ts';
import { formatDifference, formatUnit } from '../config/figures/units.ts';
import type { FigureLines } from './figureLines.ts';
import { type Judgement, judge, type Words } from './verdict.ts';

/** What every rule of a card comes to, in their order. @param form the one that the lines are of */
export function judgeCard(card: FigureCard, form: CardForm, lines: FigureLines): Judgement[] {
  return card.rules.map((rule) => judge(rule, lines, wordsOf(card, form, rule)));
}

function wordsOf({ charts }: Pick<FigureCard, 'charts'>, form: CardForm, { line }: FigureRule): Words {
  const unit = unitOf(line, charts);
  const own = charts.flatMap((chart) => chart.lines).find(({ name }) => name === line);
  return {
    value: (value) => formatUnit(unit, value),
    difference: (value) => formatDifference(unit, value),
    place: (x) => (own === undefined ? String(x) : sayPlace(form, own, x)),
  };
}

/** "0.75", "“relative”", "block 2". */
function sayPlace(form: CardForm, line: CardLine, x: number): string {
  const said = sayX(form, line, x);
  if (categoriesOf(form, line) !== undefined && Number.isNaN(Number(said))) return `“${said}”`;
  return line.x === 'block' ? `block ${said}` : said;
}

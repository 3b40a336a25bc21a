/** MAE and SimMIM (BERT, of words) with the settings of now: what enters the encoder, what is lost, what a step costs. */
import { useMemo } from 'react';
import { checkRun } from '../../config/check.ts';
import type { Traits } from '../../config/modalities/tokens.ts';
import { modalityFacts, modalityOf, tokenCount, tokensOf } from '../../config/modalities.ts';
import { factsOf } from '../../config/objectives.ts';
import type { RunConfig } from '../../config/run.ts';
import { withSetting } from '../../config/settings.ts';
import type { RunInfo } from '../../worker/protocol.ts';
import { formatNumber } from '../format.ts';
import type { ViewWords } from '../modalities/view.ts';
import { selectDraft, selectInfo } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';
import { useDraftWords } from '../store/useView.ts';
import { MaskRatios } from './MaskRatios.tsx';
import { type Side, type Sides, sidesOf } from './sides.ts';

export default function SideBySide() {
  const config = useApp(selectDraft);
  const info = useApp(selectInfo);
  const words = useDraftWords();
  const sides = useMemo(
    () => (canCompare(config) ? sidesOf(config, { tokens: tokensOf(config, traitsOf(config, info)), classes: 0 }) : null),
    [config, info],
  );
  if (sides === null) return <p>With these settings one of the two cannot run: the Task panel says what to change.</p>;
  const dearer = sides.simmim.gflop / sides.mae.gflop;
  const { ids } = modalityFacts(config);
  const other = factsOf(withSetting(config, 'task.objective', 'simmim')).title.replace(/ \(.*/, '');
  return (
    <>
      <table className="sides">
        <thead>
          <tr>
            <td />
            <th scope="col">MAE</th>
            <th scope="col">{other}</th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(config, sides, words).map(([name, mae, simmim]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{mae}</td>
              <td>{simmim}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted">
        {dearer >= 1
          ? `A step of ${other} computes ${dearer.toFixed(1)} times as much as one of MAE.`
          : `Here MAE computes ${(1 / dearer).toFixed(1)} times as much: its decoder outweighs what the encoder saves.`}{' '}
        Counted from the settings, forward and backward; measured times stand on the Compare page.{' '}
        {ids === undefined && 'The two losses cannot be compared with each other.'}
      </p>
      {ids && <MaskRatios />}
    </>
  );
}

type SideRow = readonly [name: string, mae: string, simmim: string];

function rowsOf(config: RunConfig, { mae, simmim }: Sides, words: ViewWords): SideRow[] {
  const { ids } = modalityFacts(config);
  const including = ids ? '' : ', class token included';
  const paints: SideRow[] = ids
    ? [
        ['Who guesses', `${decoderOf(config)}; ${tableOf(config, words)}`, tableOf(config, words)],
        ['Loss', `cross-entropy of removed ${words.tokens}`, `cross-entropy of masked ${words.tokens}`],
      ]
    : [
        ['Who paints', decoderOf(config), 'one linear layer'],
        ['Loss', `mean squared error, ${targetOf(config, words)}`, `mean absolute error, raw ${words.values}`],
      ];
  return [
    ['Enters the encoder', `${mae.kept} kept ${words.tokens}`, entering(simmim, tokenCount(config), words)],
    ['Tokens in it', `${mae.tokens}${including}`, `${simmim.tokens}${including}`],
    ...paints,
    ['Arithmetic of a step', `${formatNumber(mae.gflop)} GFLOP`, `${formatNumber(simmim.gflop)} GFLOP`],
  ];
}

/** Those of the run under way, if that is of such samples. */
function traitsOf(config: RunConfig, info: RunInfo | null): Traits {
  if (info === null || modalityOf(info.config) !== modalityOf(config)) return modalityFacts(config).guess(config);
  const { board, tokens } = info;
  return { channels: board.channels, ...(tokens.vocabulary === undefined ? {} : { vocabulary: tokens.vocabulary }) };
}

function canCompare(config: RunConfig): boolean {
  return (['mae', 'simmim'] as const).every((name) => checkRun(withSetting(config, 'task.objective', name)).length === 0);
}

function entering({ kept }: Side, count: number, { tokens }: ViewWords): string {
  return `${kept} ${tokens} and ${count - kept} mask tokens`;
}

function decoderOf({ mae }: RunConfig): string {
  if (mae.decoderDepth === 0) return 'a linear layer';
  return `a decoder: ${mae.decoderDepth} ${mae.decoderDepth === 1 ? 'block' : 'blocks'}, ${mae.decoderWidth} wide, over all places`;
}

function targetOf({ mae }: RunConfig, { token, values }: ViewWords): string {
  switch (mae.target) {
    case 'normalised':
      return `${values} normalised per ${token}`;
    case 'pixels':
      return `raw ${values}`;
    case 'pca':
      return `${mae.components} PCA coefficients of each ${token}`;
    case 'tokens':
      return `which of ${mae.codes} code book entries`;
    default:
      return mae.target satisfies never;
  }
}

function tableOf({ text }: RunConfig, { tokens }: ViewWords): string {
  return text.tied ? `the table that reads ${tokens}` : 'a linear layer';
}

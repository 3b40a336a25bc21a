/** The nearest held-out things of the other senses to what somebody asks with; two senses add up to one question (Eq. 7). */
import { BadDataError } from '../base/errors.ts';
import { LIVE_PICTURES } from '../config/metrics.ts';
import type { Sense } from '../config/modalities/names.ts';
import type { MemberQuery } from '../data/memberQuery.ts';
import { sampleOf } from '../data/sample.ts';
import { type Samples, selectSamples } from '../data/samples.ts';
import { addQueries, type Neighbour, nearestTo } from '../metrics/retrieval.ts';
import { unitRows } from '../metrics/unitRows.ts';
import type { SeparateSenses } from '../model/senses.ts';
import type { PatchBatch } from '../objectives/objective.ts';
import { chunks } from './chunks.ts';
import { embedSenses, joinEmbedded } from './embedSenses.ts';
import type { Found } from './reports.ts';
import { tokensOf } from './robustness/model.ts';
import type { Run } from './run.ts';

/** What is asked with: a sample of the board by some of its senses, or what somebody brought. */
export type FindQuery =
  | { from: 'board'; sample: number; senses: readonly Sense[] }
  | { from: 'own'; members: readonly MemberQuery[] };

/** Things that are found of each sense. */
const NEAREST = 5;

/** @throws BadDataError when there is nothing to ask with */
export async function findNearest(run: Run, senses: SeparateSenses<Sense>, query: FindQuery, board: Samples): Promise<Found> {
  const { heldOut } = run.dataset;
  const { batch, asked, truth, notes } = asking(run, query, board);
  const own = await embedSenses(run, senses, batch, asked);
  const vector = addQueries([...own.values()].map(({ rows, d }) => unitRows(rows, d)));
  const indices = sampleOf(heldOut, LIVE_PICTURES);
  const parts = [];
  for (const chunk of chunks(indices, tokensOf(run)))
    parts.push(await embedSenses(run, senses, run.tokenizer.cut(heldOut, chunk)));
  const gallery = joinEmbedded(parts);
  const others = [...gallery.keys()].filter((sense) => !asked.includes(sense));
  const lists = (others.length === 0 ? [...gallery.keys()] : others).map((sense) => {
    const rows = gallery.get(sense);
    return { sense, nearest: rows === undefined ? [] : nearestTo(vector, rows, NEAREST) };
  });
  const shown = [...new Set(lists.flatMap(({ nearest }) => nearest.map(({ index }) => index)))];
  const inShown = ({ index, cosine }: Neighbour): Neighbour => ({ index: shown.indexOf(index), cosine });
  return {
    step: run.steps,
    asked,
    of: indices.length,
    lists: lists.map(({ sense, nearest }) => ({ sense, nearest: nearest.map(inShown) })),
    shown: run.tokenizer.gallery(
      selectSamples(
        heldOut,
        shown.map((index) => indices[index]),
      ),
    ),
    seen: rastersOf(run, batch),
    ...(truth === undefined ? {} : { truth }),
    notes,
  };
}

interface Asking {
  batch: PatchBatch;
  asked: Sense[];
  truth?: number | undefined;
  notes: string[];
}

function asking({ tokenizer }: Run, query: FindQuery, board: Samples): Asking {
  if (query.from === 'board') {
    if (!(query.sample >= 0 && query.sample < board.count)) throw new BadDataError('That sample is not on the board any more.');
    const batch = tokenizer.cut(board, [query.sample]);
    const asked = query.senses.filter((sense) => batch.members?.[sense] !== undefined && batch.members[sense].present?.[0] !== 0);
    if (asked.length === 0) throw new BadDataError('The sample has none of these senses.');
    return { batch, asked, truth: board.labels?.[query.sample], notes: [] };
  }
  const cuts = query.members.map((member) => ({ sense: member.sense, cut: tokenizer.cutMember?.(member) }));
  const members = Object.fromEntries(cuts.flatMap(({ sense, cut }) => (cut === undefined ? [] : [[sense, cut.batch]])));
  const asked = cuts.map(({ sense }) => sense);
  if (asked.length === 0) throw new BadDataError('Bring a picture or a sound, or type a caption, to ask with.');
  const batch: PatchBatch = { values: new Float32Array(), count: 1, patches: 0, patchLength: 0, members };
  return { batch, asked, notes: cuts.flatMap(({ cut }) => cut?.note ?? []) };
}

/** What of the question can be looked at, as the encoders saw it. */
function rastersOf({ tokenizer }: Run, { members }: PatchBatch): Found['seen'] {
  const { picture, sound } = members ?? {};
  return {
    ...(picture && { picture: tokenizer.drawMember?.('picture', Float32Array.from(picture.values)) }),
    ...(sound && { sound: tokenizer.drawMember?.('sound', Float32Array.from(sound.values)) }),
  };
}

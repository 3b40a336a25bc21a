/** What measures cards, one for each for the life of the page: a run goes on while other pages are looked at. */
import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { basesOf, type FigureCard } from '../../config/figures/card.ts';
import { startSweep } from '../../worker/sweepClient.ts';
import { PointRunner } from '../compare/sweep/pointRunner.ts';
import type { Controller } from '../controller/controller.ts';
import { type AppStore, useApp } from '../store/store.ts';
import type { AskedCard, PointState } from '../store/sweep.ts';
import { formOn, keysOf, plansOf, problemsOf, samplesNameOf, studiesOf } from './cardPoints.ts';

type CardController = Pick<Controller, 'commands' | 'experiment'>;

export interface RunningCard {
  runner: PointRunner<AskedCard>;
  use: UseBoundStore<StoreApi<PointState<AskedCard>>>;
}

const known = new Map<string, RunningCard>();

/** The same at every call. What this browser kept of the card is read at the first. */
export function runningCard(card: FigureCard, controller: CardController): RunningCard {
  const running = known.get(card.id) ?? runCard(card, { app: useApp, controller, start: startSweep });
  if (!known.has(card.id)) void running.runner.restore();
  known.set(card.id, running);
  return running;
}

export function runCard(
  card: FigureCard,
  parts: { app: AppStore; controller: CardController; start: typeof startSweep },
): RunningCard {
  const use = create<PointState<AskedCard>>()(() => ({ work: null, report: null, problems: [], estimate: null }));
  const runner = new PointRunner<AskedCard>(
    { ...parts, points: use },
    {
      what: 'run of this figure',
      page: 'Papers',
      check: (asked) => problemsOf(formOn(card, asked)),
      plans: (asked) => plansOf(formOn(card, asked)),
      studies: (asked) => studiesOf(formOn(card, asked)),
      keys: (asked) => keysOf(formOn(card, asked)),
      onFiles: (asked) => {
        const [base = null] = formOn(card, asked).parts.flatMap(basesOf);
        return asked.files ? base : null;
      },
      samplesName: (asked) => samplesNameOf(formOn(card, asked)),
      read: (database) => database.lastCard(card.id),
      write: (database, report) => database.keepCard(card.id, report),
    },
  );
  return { runner, use };
}

/** Steps are drawn one ahead where there is time for it: what a step reads depends on its settings and its place alone. */
import { totalSteps } from '../config/phases.ts';
import type { RunConfig } from '../config/run.ts';
import type { Objective } from '../objectives/objective.ts';
import { type DrawnStep, drawStep, type Place } from './drawStep.ts';
import type { Streams } from './streams.ts';

interface Ahead {
  config: RunConfig;
  place: Place;
  drawn: DrawnStep;
}

export class Drawer {
  private ahead: Ahead | undefined;

  constructor(
    private readonly objective: Objective,
    private readonly streams: Streams,
  ) {}

  /** The step at `place`, drawn before if that is still the right one: a changed setting or another place draws it anew. */
  draw(config: RunConfig, place: Place): DrawnStep {
    const { ahead } = this;
    this.ahead = undefined;
    if (ahead !== undefined && ahead.config === config && samePlace(ahead.place, place)) return ahead.drawn;
    return drawStep(this.objective, config, this.streams, place);
  }

  /** Draws the step at `place` already, if there is one; where that cannot be done, `draw` will say why. */
  drawAhead(config: RunConfig, place: Place): void {
    if (place.step >= totalSteps(config)) return;
    try {
      this.ahead = { config, place, drawn: drawStep(this.objective, config, this.streams, place) };
    } catch {
      this.ahead = undefined;
    }
  }
}

function samePlace(a: Place, b: Place): boolean {
  return a.step === b.step && a.cursor === b.cursor && a.optimiserSince === b.optimiserSince;
}

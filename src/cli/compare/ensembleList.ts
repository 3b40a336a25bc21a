/** What is wrong with the members and ensembles of an experiment. */
import type { z } from 'zod';
import { type ProtocolName, protocolOf } from '../protocols.ts';

interface Listed {
  pretrain: unknown;
  members?: Readonly<Record<string, unknown>> | undefined;
  ensembles?: readonly (readonly string[])[] | undefined;
  protocols: readonly ProtocolName[];
  measures: readonly unknown[];
  sweep?: unknown;
  robustness?: unknown;
  seeds: readonly number[];
}

export function checkEnsembles({ value, issues }: z.core.ParsePayload<Listed>): void {
  const [path, message] = problemOf(value) ?? [];
  if (path !== undefined && message !== undefined) issues.push({ code: 'custom', input: value, path: [...path], message });
}

function problemOf(listed: Listed): [path: readonly PropertyKey[], message: string] | undefined {
  const { pretrain, members, ensembles, protocols, measures, sweep, robustness, seeds } = listed;
  if (members === undefined && ensembles === undefined) return undefined;
  if (members === undefined || ensembles === undefined)
    return [['members'], 'Members and ensembles belong together: {"members": {"A": {…}, "B": {…}}, "ensembles": [["A", "B"]]}.'];
  if (pretrain !== null) return [['pretrain'], 'Members have a pretraining each, and the experiment has none.'];
  const [protocol] = protocols;
  if (protocols.length !== 1 || protocolOf(protocol).protocol !== 'finetune')
    return [['protocols'], 'Members of ensembles are fine-tuned, in one way: "protocols": ["full"], say.'];
  if (measures.length > 0)
    return [['measures'], 'Scores, and the time and memory of a step, are of one pretraining: list it by itself.'];
  if (sweep !== undefined || robustness !== undefined)
    return [['ensembles'], 'Ensembles are an experiment of their own, without a sweep or a robustness study.'];
  if (seeds.includes(0)) return [['seeds'], 'Ensembles need seeds from 1 on.'];
  for (const [i, names] of ensembles.entries()) {
    const stranger = names.findIndex((name) => !Object.hasOwn(members, name));
    if (stranger >= 0) return [['ensembles', i, stranger], `There is no member "${names[stranger]}".`];
  }
  return undefined;
}

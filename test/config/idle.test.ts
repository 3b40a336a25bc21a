import { expect, it } from 'vitest';
import type { SettingValue } from '../../src/config/field.ts';
import { idleReason } from '../../src/config/idle.ts';
import { OBJECTIVE_FACTS, OBJECTIVE_NAMES, type ObjectiveName } from '../../src/config/objectives.ts';
import { withObjective } from '../../src/config/presets.ts';
import { defaultRun, type RunConfig } from '../../src/config/run.ts';
import { SETTING_PATHS, withSetting } from '../../src/config/settings.ts';

function run(objective: ObjectiveName, settings: Record<string, SettingValue> = {}): RunConfig {
  const start = withObjective(defaultRun(), objective);
  return Object.entries(settings).reduce((config, [path, value]) => withSetting(config, path, value), start);
}

it.each<[ObjectiveName, Record<string, SettingValue>, string, string | undefined]>([
  ['mp3', {}, 'data.splitSeed', 'only for your files'],
  ['mp3', { 'data.dataset': 'files' }, 'data.splitSeed', undefined],
  ['mp3', {}, 'data.classLevel', 'only for your files'],
  ['mp3', {}, 'mp3.anchors', 'only for DropPos'],
  ['mp3', { 'mp3.masked': 'dropped' }, 'mp3.anchors', 'only for DropPos'],
  ['mp3', { 'mp3.masked': 'positions' }, 'mp3.anchors', undefined],
  ['mp3', { 'mp3.masked': 'positions' }, 'mp3.given', 'DropPos has known positions'],
  ['mp3', {}, 'mp3.given', undefined],
  ['mp3', { 'mp3.masked': 'positions' }, 'mp3.classToken', 'DropPos always has one'],
  ['mp3', {}, 'mp3.classToken', undefined],
  ['mp3', {}, 'task.maskRatio', undefined],
  ['mp3', {}, 'data.classLevel', 'only for your files'],
  ['mp3', { 'data.dataset': 'files' }, 'data.classLevel', undefined],
  ['supervised', {}, 'task.maskRatio', 'nothing is hidden'],
  ['supervised', { 'supervised.train': '0' }, 'supervised.layerDecay', 'only the head learns'],
  ['supervised', {}, 'supervised.layerDecay', undefined],
  ['supervised', {}, 'supervised.marsRadius', 'only for MARS'],
  ['supervised', { 'supervised.regulariser': 'mars' }, 'supervised.marsRadius', undefined],
  ['supervised', { 'supervised.regulariser': 'mars' }, 'supervised.l2sp', 'only for L2-SP'],
  ['selfDistillation', { 'selfDistillation.variant': 'twice' }, 'selfDistillation.rounds', 'none in this variant'],
  ['selfDistillation', {}, 'selfDistillation.rounds', undefined],
  ['selfDistillation', { 'selfDistillation.pretrainSteps': 0 }, 'selfDistillation.source', 'no pretraining steps'],
  ['data2vec', { 'data2vec.averageEnd': 0.99 }, 'data2vec.averageClimb', 'start and end are equal'],
  ['mae', { 'model.depth': 0 }, 'model.heads', 'no blocks at depth 0'],
  ['mae', { 'model.depth': 1 }, 'model.dropPath', 'spares the first block'],
  ['mae', { 'model.depth': 2 }, 'model.dropPath', undefined],
  ['mae', {}, 'no.setting', undefined],
  ['mae', {}, 'toString', undefined],
])('knows of %s with %o what %s does', (objective, settings, path, reason) => {
  expect(idleReason(run(objective, settings), path)).toBe(reason);
});

it('names only settings that there are', () => {
  for (const name of OBJECTIVE_NAMES) {
    for (const path of Object.keys(OBJECTIVE_FACTS[name].idle ?? {})) expect(SETTING_PATHS).toContain(path);
  }
});

import { expect, it } from 'vitest';
import { modalityOf, wordsOf } from '../../src/config/modalities.ts';
import { oneSense } from '../../src/config/oneSense.ts';
import { switchToFiles } from '../../src/config/ownFiles.ts';
import { presetRun } from '../../src/config/presets.ts';
import { applySettings } from '../../src/config/settings.ts';

const SENSES = ['picture', 'sound', 'text'] as const;

it('calls tokens of built-in members what they are, whatever the settings of their kind say', () => {
  const config = applySettings(presetRun('contrastive-pairs'), { 'text.tokens': 'bytes', 'sound.tokens': 'patches' });
  const alone = SENSES.map((sense) => oneSense(config, sense));
  expect(alone.map(modalityOf)).toEqual([...SENSES]);
  expect(alone.map((own) => wordsOf(own).tokens)).toEqual(['patches', 'pieces', 'words']);
  // 25 tokens of two frames, 16 ms each.
  expect([alone[1].sound.pieces, alone[1].sound.seconds]).toEqual([25, 0.8]);
});

it('cuts members of somebody’s own files as the settings of their kind say', () => {
  const config = applySettings(switchToFiles(presetRun('contrastive-pairs'), 'pair'), { 'text.tokens': 'bytes' });
  const alone = SENSES.map((sense) => oneSense(config, sense));
  expect(alone.map(modalityOf)).toEqual([...SENSES]);
  expect(wordsOf(alone[2]).tokens).toBe('bytes');
  expect(alone[1].sound).toEqual(config.sound);
});

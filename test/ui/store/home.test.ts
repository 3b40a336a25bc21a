import { describe, expect, it } from 'vitest';
import { chosenBytes, openedHome, withHomeEvent, withToggledPart } from '../../../src/ui/store/home.ts';

const part = (id: string, refusal: string | null = null) => ({ id, label: id, help: '', path: [], refusal });
const OFFERED = {
  type: 'offered',
  name: 'patchwork-mae-scenes-step9',
  parts: [part('card'), part('run'), part('timm', 'timm has none.')],
} as const;

describe('what is about to be taken home', () => {
  const offered = withHomeEvent(openedHome('This run, step 9'), OFFERED);

  it('is all that there is but what has to be asked for', () => {
    expect(offered).toMatchObject({ name: 'patchwork-mae-scenes-step9', chosen: ['card'] });
    expect(withToggledPart(withToggledPart(offered, 'run'), 'card').chosen).toEqual(['run']);
  });

  it('has a size as soon as all of it is measured', () => {
    expect(chosenBytes(offered)).toBeNull();
    const measured = withHomeEvent(offered, { type: 'measured', part: 'card', bytes: 7 });
    expect(chosenBytes(measured)).toBe(7);
    const both = withToggledPart(measured, 'run');
    expect(chosenBytes(both)).toBeNull();
    expect(chosenBytes(withHomeEvent(both, { type: 'measured', part: 'run', bytes: 5 }))).toBe(12);
  });

  it('says what is packed, and what went wrong', () => {
    const packing = withHomeEvent(offered, { type: 'packing', path: 'README.md' });
    expect(packing.packing).toBe('README.md');
    const error = { name: 'CheckpointError', message: 'It is torn.', stack: '' };
    expect(withHomeEvent(packing, { type: 'error', error })).toMatchObject({ packing: null, problem: 'It is torn.' });
  });
});

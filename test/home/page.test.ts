/** The demo page as a file: what it allows itself, what it holds, and when it is not offered. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromBase64, fromHalves } from '../../src/demo/half.ts';
import type { Manifest } from '../../src/demo/manifest.ts';
import { demoPage, htmlOf, MOST_PARAMETERS } from '../../src/home/page/page.ts';
import { homeModel, KINDS, kindNamed } from './homeModels.ts';

const between = (html: string, start: string, end: string): string => {
  const from = html.indexOf(start) + start.length;
  return html.slice(from, html.indexOf(end, from));
};
const manifestIn = (html: string): Manifest =>
  JSON.parse(between(html, '<script type="application/json" id="manifest">', '</script>'));
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const OFFERED = KINDS.map(({ name }) => name).filter((name) => demoPage.refusal?.(homeModel(kindNamed(name))) === undefined);

describe('a page that is the model', () => {
  it('is offered of every kind of model', () => {
    expect(OFFERED).toEqual(KINDS.map(({ name }) => name));
  });

  it('holds things of several senses, all of each, and is not offered where there is nothing to compare with', () => {
    const model = homeModel(kindNamed('multimodal MAE'));
    const { samples, input, sense } = manifestIn(htmlOf(model));
    expect([sense, input.sense]).toEqual([null, 'several']);
    expect(samples).toHaveLength(12);
    for (const { members } of samples) expect(Object.keys(members ?? {})).toEqual(['picture', 'sound', 'text']);
    const files = { ...model.config, data: { ...model.config.data, dataset: 'files' as const, modality: 'pair' as const } };
    const members = [
      { modality: 'picture', channels: 1, mean: [100], deviation: [50] },
      { modality: 'sound', low: 60, high: 7600, mean: [-3], deviation: [2] },
      { modality: 'text', vocabulary: { kind: 'words', lower: true, names: ['<empty>', '<mask>', '<unknown>', 'a'] } },
    ];
    const own = { ...model, config: files, recipe: { modality: 'pair', members } };
    expect(demoPage.refusal?.(own)).toMatch(/nothing of your own files/);
    expect(demoPage.refusal?.({ ...own, recipe: { modality: 'pair' } })).toMatch(/save the run again/);
    const contrastive = homeModel(kindNamed('contrastive'));
    expect(
      demoPage.refusal?.({ ...contrastive, config: { ...files, task: contrastive.config.task }, recipe: own.recipe }),
    ).toBeUndefined();
  });

  it('is not offered of large models, nor of files that do not say what they read', () => {
    const model = homeModel(kindNamed('MAE'));
    expect(demoPage.refusal?.({ ...model, values: new Float32Array(MOST_PARAMETERS + 1) })).toMatch(
      /8,000,000 parameters at most/,
    );
    const { mean: _, ...info } = model.info;
    expect(demoPage.refusal?.({ ...model, info })).toMatch(/save the run again/);
  });

  it('allows itself its own script and styles, and nothing of anybody else', () => {
    const html = htmlOf(homeModel(kindNamed('MAE')));
    const policy = between(html, 'http-equiv="Content-Security-Policy" content="', '"');
    const rules = new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]));
    expect(rules.get('default-src')).toEqual(["'none'"]);
    expect(rules.has('connect-src')).toBe(false);
    expect(rules.get('style-src')).toEqual([hashOf(between(html, '<style>', '</style>'))]);
    const script = html.slice(html.lastIndexOf('<script>') + '<script>'.length, html.lastIndexOf('</script>'));
    expect(rules.get('script-src')).toEqual([hashOf(script)]);
    expect(html.match(/<script>/g)).toHaveLength(1);
    expect(html).not.toMatch(/type="module"|<link|<img|@import|url\(/);
    expect(html.match(/https?:\/\/(?!www\.w3\.org)[^\s"'`\\]*/g) ?? []).toEqual([]);
  });

  it.each(OFFERED)('of %s holds all of its numbers, to 11 bits', (name) => {
    const model = homeModel(kindNamed(name));
    const html = htmlOf(model);
    const numbers = fromHalves(
      new Uint16Array(fromBase64(between(html, '<script type="text/plain" id="numbers">', '</script>')).buffer),
    );
    expect(numbers).toHaveLength(model.values.length);
    const worst = model.values.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - numbers[i]) / Math.max(0.01, Math.abs(value))),
      0,
    );
    expect(worst).toBeLessThanOrEqual(2 ** -11);
    const { tensors } = manifestIn(html);
    expect(tensors.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)).toBe(numbers.length);
  });

  it('paints nothing where that takes a table that is not in the file, or mask tokens in the encoder', () => {
    for (const name of ['MAE, PCA', 'MAE, code book', 'MAE, all places']) {
      expect(manifestIn(htmlOf(homeModel(kindNamed(name)))).task).toEqual({ kind: 'look' });
    }
    expect(manifestIn(htmlOf(homeModel(kindNamed('MAE')))).task.kind).toBe('paint');
  });

  it('begins with samples of built-in sets, and shows nobody the files that a model learned from', () => {
    const model = homeModel(kindNamed('MAE'));
    const { samples, input } = manifestIn(htmlOf(model));
    if (input.sense !== 'picture') throw new Error('pictures were expected');
    expect(samples).toHaveLength(8);
    expect(fromBase64(samples[0]?.data ?? '')).toHaveLength(input.size ** 2 * input.channels);
    const own = { ...model, config: { ...model.config, data: { ...model.config.data, dataset: 'files' as const } } };
    expect(manifestIn(htmlOf(own)).samples).toEqual([]);
  });

  it('takes names of classes for texts', () => {
    const model = homeModel(kindNamed('labels'));
    const classes = ['</script><script>alert(1)</script>', 'a"b', '<!--'];
    const html = htmlOf({ ...model, info: { ...model.info, classes } });
    expect(html).not.toContain('alert(1)</script>');
    const { task } = manifestIn(html);
    expect(task.kind === 'labels' && task.classes).toEqual(classes);
  });
});

import { describe, expect, it } from 'vitest';
import { BadSettingError } from '../../src/base/errors.ts';
import { benchHelp } from '../../src/cli/bench/benchHelp.ts';
import { BENCH_OPTIONS, parseBenchOptions } from '../../src/cli/bench/options.ts';

function parse(line: string) {
  return parseBenchOptions(line.split(' ').filter(Boolean));
}

it('measures tiny on wasm in Chromium, everyone, unless told otherwise', () => {
  expect(parse('')).toMatchObject({
    where: 'chromium',
    backend: 'wasm',
    configs: ['tiny'],
    contenders: ['patchwork', 'patchwork-eager', 'stock', 'jax-js', 'jax-js-by-hand', 'pytorch', 'pytorch-1-thread'],
    paritySteps: 20,
    json: false,
  });
});

it('compares activations in 16 bits where a GPU is', () => {
  expect(parse('--backend webgpu').contenders).toEqual(['patchwork', 'patchwork-f16', 'stock', 'jax-js', 'jax-js-by-hand']);
  expect(parse('--backend cpu').contenders).not.toContain('patchwork-f16');
});

it('reads all options', () => {
  const line = '--where=node --backend webgpu --configs base,tiny --contenders stock,patchwork --steps 3 --parity-steps 5 --json';
  expect(parse(line)).toEqual({
    where: 'node',
    backend: 'webgpu',
    configs: ['tiny', 'base'],
    contenders: ['patchwork', 'stock'],
    steps: 3,
    paritySteps: 5,
    senses: false,
    sweep: false,
    growth: false,
    kernels: false,
    json: true,
    help: false,
  });
});

it('runs in Node what only Node can do', () => {
  expect(parse('--backend null').where).toBe('node');
  expect(() => parse('--backend null --where chromium')).toThrow(/--where node/);
});

it('measures senses in Node, on what executes them', () => {
  expect(parse('--senses')).toMatchObject({ where: 'node', senses: true });
  expect(() => parse('--senses --where chromium')).toThrow(BadSettingError);
  expect(() => parse('--senses --backend null')).toThrow(BadSettingError);
  expect(parse('--sweep')).toMatchObject({ where: 'node', sweep: true });
  expect(() => parse('--sweep --where chromium')).toThrow(BadSettingError);
  expect(() => parse('--sweep --senses')).toThrow(BadSettingError);
});

it('takes kernels apart where steps are recorded, of Patchwork alone', () => {
  expect(parse('--kernels --configs tiny,base --threads 2')).toMatchObject({ kernels: true, where: 'chromium', threads: 2 });
  expect(parse('--kernels --where node')).toMatchObject({ where: 'node', configs: ['tiny'] });
  expect(parse('--kernels').threads).toBeUndefined();
  expect(() => parse('--kernels --backend webgpu')).toThrow(/--backend wasm/);
  expect(() => parse('--kernels --contenders stock')).toThrow(/no --contenders/);
  expect(() => parse('--kernels --growth')).toThrow(/ask for one of them/);
  expect(() => parse('--threads 2')).toThrow(/--threads is of --kernels/);
});

it('leaves jax-js out where it only interprets', () => {
  expect(parse('--backend cpu').contenders).toEqual(['patchwork', 'stock']);
  expect(parse('--backend webgpu').contenders).toEqual(['patchwork', 'patchwork-f16', 'stock', 'jax-js', 'jax-js-by-hand']);
  expect(() => parse('--backend cpu --contenders jax-js')).toThrow(/jax-js cannot take part on cpu/);
});

describe('refuses', () => {
  it.each([
    ['--speed', /no option "--speed"/],
    ['tiny', /no option "tiny"/],
    ['--backend webgl', /--backend must be one of wasm, webgpu, cpu, null, not "webgl"/],
    ['--configs tiny,huge', /--configs must be one of tiny, small, base, mae, data2vec, sound, contrastive, not "huge"/],
    ['--contenders torch', /--contenders must be one of .*not "torch"/],
    ['--where firefox', /--where must be one of chromium, node/],
    ['--steps 0', /--steps must be a whole number from 1 to 10000, not "0"/],
    ['--steps 2.5', /--steps/],
    ['--steps -3', /--steps/],
    ['--steps', /--steps needs a value/],
    ['--steps --json', /--steps needs a value/],
    ['--kernels --threads 0', /--threads must be a whole number from 1 to 8/],
    ['--kernels --threads 9', /--threads must be a whole number from 1 to 8/],
    ['--parity-steps 2', /--parity-steps must be one of 1, 5, 20/],
    ['--json=1', /--json takes no value/],
  ])('%s', (line, message) => {
    expect(() => parse(line)).toThrow(BadSettingError);
    expect(() => parse(line)).toThrow(message);
  });
});

it('explains every option', () => {
  const help = benchHelp();
  for (const name of Object.keys(BENCH_OPTIONS)) expect(help).toContain(`--${name}`);
  expect(help).toMatch(/base +MP3, width 192, depth 6, heads 3/);
});

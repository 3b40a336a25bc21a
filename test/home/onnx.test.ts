import { describe, expect, it } from 'vitest';
import { onnx } from '../../src/home/onnx.ts';
import type { HomeFile } from '../../src/home/part.ts';
import { messagesIn, readFields, textsIn } from '../io/onnx/readProtobuf.ts';
import { homeModel, KINDS, kindNamed } from './homeModels.ts';

async function filesOf(name: string): Promise<Map<string, HomeFile>> {
  const files = new Map<string, HomeFile>();
  for await (const file of onnx.build(homeModel(kindNamed(name)))) files.set(file.path, file);
  return files;
}

const textOf = (file: HomeFile | undefined): string => new TextDecoder().decode(file?.bytes);

/** `metadata_props` of a model. */
function metadataOf(file: HomeFile | undefined): Record<string, string> {
  const entries = messagesIn(readFields(file?.bytes ?? new Uint8Array()), 14);
  return Object.fromEntries(entries.map((entry) => [textsIn(entry, 1)[0] ?? '', textsIn(entry, 2)[0] ?? '']));
}

describe('ONNX at home', () => {
  it.each(KINDS.map(({ name }) => name))('of %s says of each of its models what it reads and what comes out', async (name) => {
    const files = await filesOf(name);
    const readme = textOf(files.get('onnx/README.md'));
    const models = [...files.keys()].filter((path) => path.endsWith('.onnx'));
    expect(models.length).toBeGreaterThan(0);
    for (const path of models) expect(readme).toContain(`## ${path.slice('onnx/'.length)}`);
    for (const input of ['pixel_values', 'input_features', 'input_ids']) {
      expect(readme.includes(`### `) && readme.includes(`\`${input}\`\n\n`)).toBe(readme.includes(`| in | \`${input}\``));
    }
    expect(readme).not.toMatch(/undefined|NaN|\[object/);
  });

  it('carries all that is known of the model', async () => {
    const metadata = metadataOf((await filesOf('labels')).get('onnx/model.onnx'));
    expect(JSON.parse(metadata['patchwork.classes'] ?? '')).toEqual(['dog', 'cat', 'owl']);
    expect(JSON.parse(metadata['patchwork.mean'] ?? '')).toHaveLength(3);
    expect(metadata['patchwork.config']).toContain('supervised');
  });

  it('has the words of texts beside it, and of nothing else', async () => {
    const words = JSON.parse(textOf((await filesOf('BERT')).get('onnx/tokenizer.json')));
    expect(words.model.vocab.cat).toBe(4);
    expect((await filesOf('MAE')).has('onnx/tokenizer.json')).toBe(false);
    expect((await filesOf('contrastive')).has('onnx/tokenizer.json')).toBe(true);
  });
});

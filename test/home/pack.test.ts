import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { homeFiles, homeName, offersOf, zipHome } from '../../src/home/pack.ts';
import type { HomeModel, HomeReport } from '../../src/home/part.ts';
import { startWasm } from '../tinyRun.ts';
import { homeModel, kindNamed } from './homeModels.ts';

beforeAll(startWasm);

const REPORT: HomeReport = {
  scores: [{ id: 'accuracy', label: 'Accuracy', value: 0.71234, samples: 256, chance: 1 / 3, heldOut: true }],
  scoresStep: 7,
  curves: 'step,loss\r\n1,2\r\n',
  device: 'WebAssembly',
  board: Uint8Array.of(1, 2, 3),
};

async function zipped(model: HomeModel, chosen: readonly string[]): Promise<Record<string, Uint8Array>> {
  const pieces: Uint8Array[] = [];
  const told: string[] = [];
  await zipHome(
    model,
    chosen,
    (piece) => pieces.push(piece.slice()),
    (path) => void told.push(path),
  );
  const files = unzipSync(Uint8Array.from(pieces.flatMap((piece) => [...piece])));
  expect(Object.keys(files)).toEqual(told.map((path) => `${homeName(model)}/${path}`));
  return files;
}

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe('what is taken home', () => {
  it('is a zip of the chosen parts, in one folder that says what it is', async () => {
    const files = await zipped(homeModel(kindNamed('MAE')), ['card', 'weights', 'timm']);
    expect(Object.keys(files)).toEqual(
      ['README.md', 'LICENSE-OF-WEIGHTS.txt', 'model.safetensors', 'timm/config.json', 'timm/model.safetensors'].map(
        (name) => `patchwork-mae-scenes-step7/${name}`,
      ),
    );
  });

  it('leaves out what there is none of, and says why', () => {
    const refused = offersOf(homeModel(kindNamed('data2vec'))).filter(({ refusal }) => refusal !== undefined);
    expect(refused.map(({ part }) => part.id)).toEqual(['run', 'timm', 'transformers', 'curves']);
    for (const { refusal } of refused) expect(refusal).toMatch(/^[A-Zt].*\.$/);
  });

  it('has a card that tells of the parts that are there, and of the scores with their samples', async () => {
    const model = { ...homeModel(kindNamed('labels')), report: REPORT };
    const card = text((await zipped(model, ['card', 'timm']))['patchwork-supervised-scenes-step7/README.md']);
    expect(card).toMatch(/^---\nlicense: other\n/);
    expect(card).toContain('library_name: transformers\npipeline_tag: image-classification\ntags: [patchwork, supervised]');
    expect(card).toContain("timm.create_model('local-dir:timm', pretrained=True)");
    expect(card).not.toContain('modeling_patchwork.py');
    expect(card).toContain('| Accuracy | 0.7123 | 256 | 0.3333 |');
    expect(card).toContain('At step 7, one run, seed 1');
    expect(card).toContain('Classes: dog, cat, owl.');
  });

  it('shows no board of somebody’s own samples', async () => {
    const model = { ...homeModel(kindNamed('MAE')), report: REPORT };
    const own = { ...model, config: { ...model.config, data: { ...model.config.data, dataset: 'files' as const } } };
    const names = async (from: HomeModel) => {
      const found = [];
      for await (const { path } of homeFiles(from, ['curves'])) found.push(path);
      return found;
    };
    expect(await names(model)).toEqual(['curves.csv', 'metrics.json', 'board.png']);
    expect(await names(own)).toEqual(['curves.csv', 'metrics.json']);
  });

  it('keeps names from files from being more than names', async () => {
    const model = homeModel(kindNamed('labels'));
    const own = {
      ...model,
      config: { ...model.config, data: { ...model.config.data, dataset: 'files' as const } },
      info: { ...model.info, classes: ['a](http://x)', '<b>\n# c', '| d |'] },
    };
    const card = text((await zipped(own, ['card']))['patchwork-supervised-files-step7/README.md']);
    expect(card).toContain('Classes: a\\](http://x), \\<b\\> \\# c, \\| d \\|.');
    expect(card).toContain('npm run --silent train -- --preset mp3-scenes --data FOLDER');
  });
});

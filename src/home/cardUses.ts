/** The section of the model card that says how to use what lies beside it. */
import type { HomeModel } from './part.ts';
import { pictureModel } from './pictureModel.ts';
import { architectureOf } from './transformersNames.ts';

type Use = (model: HomeModel) => string;

/** By part. */
const USES: Readonly<Record<string, Use>> = {
  weights: () =>
    '`model.safetensors` is the whole model, under timm’s names. Drop it on the page, or `npm run finetune -- --from model.safetensors`.',
  run: () => '`run.patchwork` goes on training: drop it on the page.',
  python: pythonUse,
  timm: () =>
    code(
      'timm loads the encoder strictly:',
      'python',
      `import timm\nmodel = timm.create_model('local-dir:timm', pretrained=True).eval()`,
    ),
  transformers: transformersUse,
  further: () =>
    '`train_patchwork.py` goes on with `run.patchwork` in PyTorch, on one device or many: `python3 train_patchwork.py --help`.',
  onnx: ({ config }) => {
    const left =
      config.task.objective === 'data2vec'
        ? ' The decoder of data2vec 2.0 is not in it: it guesses what the teacher of this run makes of hidden patches, numbers that mean nothing to anybody else, and the papers throw it away too. It stands in `model.safetensors`.'
        : '';
    return `\`onnx/\` holds the model for onnxruntime, in any language; its README says what goes in and what comes out.${left}`;
  },
  page: () => '`demo.html` is the model as a page: open it from the disk. It asks nobody for anything.',
};

export function usesText(model: HomeModel): string {
  const chosen = model.chosen ?? Object.keys(USES);
  const uses = Object.entries(USES).filter(([id]) => chosen.includes(id));
  return ['## Using it', ...uses.map(([, use]) => use(model))].join('\n\n');
}

function pythonUse({ chosen, subject, config }: HomeModel): string {
  const proof = chosen?.includes('probe') === false ? '' : ' `python3 example.py` proves that it computes what it computed here.';
  const samples = {
    picture: `torch.rand(1, ${subject.tokens.layout[2]}, ${config.picture.size}, ${config.picture.size}) * 255  # (B, C, S, S), 0..255`,
    sound: `torch.zeros(1, ${Math.round(config.sound.seconds * 16_000)})  # (B, samples) at 16 kHz, -1..1`,
    text: '',
    pair: '',
  }[subject.tokens.modality];
  const tokens =
    samples === ''
      ? '# tokens: see the first lines of modeling_patchwork.py'
      : `samples = ${samples}\nout = model(model.tokens(samples))`;
  return code(
    `\`modeling_patchwork.py\` needs torch only.${proof}`,
    'python',
    `import torch\nfrom modeling_patchwork import load\nmodel = load('model.safetensors')\n${tokens}`,
  );
}

function transformersUse(model: HomeModel): string {
  const architecture = architectureOf(pictureModel(model));
  const plainEncoder = architecture === 'ViTModel' ? `'transformers', add_pooling_layer=False` : `'transformers'`;
  const trap =
    architecture === 'ViTMAEForPreTraining'
      ? '\n\nViTMAE hides patches at random at every pass: for features set `model.config.mask_ratio = 0` and pass `noise=torch.arange(n)[None]`, so that their order stays.'
      : '';
  return (
    code(
      'transformers has it too. `preprocessor_config.json` does not crop: give it squares.',
      'python',
      `from transformers import ${architecture}\nmodel = ${architecture}.from_pretrained(${plainEncoder}).eval()`,
    ) + trap
  );
}

function code(text: string, language: string, lines: string): string {
  return `${text}\n\n\`\`\`${language}\n${lines}\n\`\`\``;
}

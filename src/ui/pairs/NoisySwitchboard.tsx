/** The switchboard of the run under way: noise over each sense, too, which the model of now is asked about. */
import { useEffect, useState } from 'react';
import { number } from '../../config/field.ts';
import type { Sense } from '../../config/modalities.ts';
import type { Subset } from '../../config/subsets.ts';
import type { Vocabulary } from '../../data/text/vocabulary.ts';
import type { NoiseLevels } from '../../trainer/memberNoise.ts';
import type { BoardReport, NoisyAnswer } from '../../trainer/reports.ts';
import type { RunInfo } from '../../worker/protocol.ts';
import { PlainField } from '../controls/PlainField.tsx';
import type { Answer } from '../modalities/extras.ts';
import { useApp } from '../store/store.ts';
import { Member } from './Member.tsx';
import { Switchboard } from './Switchboard.tsx';

interface Props {
  info: RunInfo;
  report: Extract<BoardReport, { kind: 'switchboard' }>;
  onAnswer: Answer;
}

const HEIGHT = 72;

export function NoisySwitchboard({ info: { board }, report, onAnswer }: Props) {
  const { senses, trainedOn, samples, step } = report;
  const [shown, show] = useState<Subset<Sense>>(senses);
  const [index, setIndex] = useState(0);
  const [noise, setNoise] = useState<NoiseLevels>({});
  const noisy = useNoisyAnswer(index, noise, step, onAnswer);
  const subsets = useApp(({ curves }) => curves.latest?.subsets ?? null);
  return (
    <Switchboard
      set={board}
      senses={senses}
      trainedOn={trainedOn}
      samples={samples}
      shown={shown}
      onShow={show}
      onSample={setIndex}
      answers={noisy?.sample}
      rate={(at) => subsets && { share: subsets.accuracy[at], count: subsets.counts[at] }}
      member={(sense, at) => (
        <>
          <Member
            set={board}
            index={at}
            sense={sense}
            height={HEIGHT}
            name={`Sample ${at + 1}`}
            {...(noisy === null || noise[sense] === undefined ? {} : seen(sense, noisy, board.members?.text?.vocabulary))}
          />
          <PlainField
            field={NOISE[sense]}
            value={noise[sense] ?? 0}
            problem={null}
            onChange={(value) => setNoise(withLevel(noise, sense, Number(value)))}
          />
        </>
      )}
    />
  );
}

const HELPS: Readonly<Record<Sense, string>> = {
  picture: 'Noise over the picture, beside what corrupts it anyway: 1 is twice the spread of all pictures.',
  sound: 'Noise over the spectrogram, beside what corrupts it anyway: 1 is twice the spread of all sounds.',
  text: 'Share of the words that are other words.',
};

const noiseField = (sense: Sense) =>
  number({ label: `Noise, ${sense}`, help: HELPS[sense], min: 0, max: 1, step: 0.05, default: 0 });

const NOISE = { picture: noiseField('picture'), sound: noiseField('sound'), text: noiseField('text') } as const;

function withLevel(noise: NoiseLevels, sense: Sense, level: number): NoiseLevels {
  const { [sense]: _, ...others } = noise;
  return level > 0 ? { ...others, [sense]: Math.min(1, level) } : others;
}

/** Null where there is no noise, and until the model has answered. */
function useNoisyAnswer(index: number, noise: NoiseLevels, step: number, onAnswer: Answer): NoisyAnswer | null {
  const [answer, set] = useState<{ of: number; is: NoisyAnswer } | null>(null);
  const isQuiet = Object.keys(noise).length === 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step is another model, which is asked again
  useEffect(() => {
    if (isQuiet) return;
    let isWanted = true;
    void onAnswer(index, noise).then((is) => {
      if (isWanted && is !== null) set({ of: index, is });
    });
    return () => {
      isWanted = false;
    };
  }, [index, noise, step, isQuiet, onAnswer]);
  return isQuiet || answer?.of !== index ? null : answer.is;
}

function seen(sense: Sense, { members }: NoisyAnswer, vocabulary: Vocabulary | undefined) {
  if (sense !== 'text') return { raster: members[sense] };
  const words = Array.from(members.text ?? []).flatMap((id) => (id === 0 ? [] : [vocabulary?.names[id] ?? '']));
  return { caption: words.join(' ') };
}

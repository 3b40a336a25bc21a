/** Pairs that somebody brought, each member read as weights have learned to read such samples. */
import { picturesAsRead } from '../normalise.ts';
import { sayOtherBands } from '../sound/settings.ts';
import { soundsAsRead } from '../sound/soundStatistics.ts';
import { sayOtherWords, textsAsRead } from '../text/otherWords.ts';
import { isDrawn, type PairedSet } from './pairedSet.ts';

type Recipe = Readonly<Record<string, unknown>>;

/** The pairs in the tokens of a recipe (`Tokenizer.recipe`), which has one for each member; built-in ones, and where nothing changes, as they are. */
export function pairsAsRead(set: PairedSet, recipe: Recipe): PairedSet {
  const { content } = set;
  if (isDrawn(content)) return set;
  const { picture, sound, text } = content.members;
  const of = memberRecipes(recipe);
  const read = {
    ...(picture && { picture: picturesAsRead(picture, of('picture')) }),
    ...(sound && { sound: soundsAsRead(sound, of('sound')) }),
    ...(text && { text: textsAsRead(text, of('text')) }),
  };
  const isSame = read.picture === picture && read.sound === sound && read.text === text;
  return isSame ? set : { ...set, content: { members: read } };
}

export function sayOtherMembers({ content }: PairedSet, recipe: Recipe): string | undefined {
  if (isDrawn(content)) return undefined;
  const { sound, text } = content.members;
  const of = memberRecipes(recipe);
  const said = [sound && sayOtherBands(sound, of('sound')), text && sayOtherWords(text, of('text'))].filter(
    (sentence) => sentence !== undefined,
  );
  return said.length === 0 ? undefined : said.join(' ');
}

function memberRecipes({ members }: Recipe): (modality: string) => Recipe {
  const all: readonly unknown[] = Array.isArray(members) ? members : [];
  const isOf =
    (modality: string) =>
    (one: unknown): one is Recipe =>
      typeof one === 'object' && one !== null && Reflect.get(one, 'modality') === modality;
  return (modality) => all.find(isOf(modality)) ?? {};
}

/**
 * Tales: a small world in which persons want things, written from the seed. Earlier sentences decide most names and things of
 * later ones, so a model that fills in masked words has to look back; the topic is where the first thing goes.
 *
 * The order of the draws is part of the stories: test/data/text/stories.test.ts holds the sum of an independent script's.
 */
import { Random } from '../../base/random.ts';
import { drawStory, fill, GLAD, LATER, SAD, type Slots, type Story, skew } from './stories/grammar.ts';
import { ENDINGS, MEETING, OPENINGS, PLOTS, TALE_TOPICS, WANTS } from './stories/talePlots.ts';
import { HE, JOBS, LOOKS, SHE, SPOTS, type Spot, THINGS, type Thing, TIMES, WEATHER } from './stories/taleWords.ts';

export { TALE_TOPICS };

interface Person {
  name: string;
  job: string;
  she: boolean;
}

/** Everything that a tale is about, drawn before its first word. */
interface Cast {
  topic: number;
  owner: Person;
  other: Person;
  third: Person;
  thing: Thing;
  /** What the aside is about. */
  second: Thing;
  home: Spot;
  spot: Spot;
  far: Spot;
  look: string;
}

/** Story `index` of a split: 35 to 56 words and full stops in 5 to 8 sentences. */
export function taleAt(seed: number, split: string, index: number): Story {
  const random = new Random(seed, 'tales', split, index);
  const topic = random.below(TALE_TOPICS.length);
  return drawStory(topic, () => writeTale(random, topic));
}

function writeTale(random: Random, topic: number): string[] {
  const cast = drawCast(random, topic);
  const opening = begin(random, cast);
  const wants = want(random, cast);
  const aside = tellAside(random, cast);
  const sentences = [opening, wants.sentence, ...interleave(random, tellPlot(random, cast), aside)];
  if (random.uniform() < 0.1) sentences.push(random.pick(WEATHER));
  sentences.push(finish(random, cast));
  if (wants.said && random.uniform() < 0.5) sentences.push(howTheOtherIs(random, cast));
  return sentences.map(withArticles);
}

function drawCast(random: Random, topic: number): Cast {
  const draw = (): [Person, Person, Person] => [drawPerson(random), drawPerson(random), drawPerson(random)];
  let persons = draw();
  while (!differ(persons.map(({ name }) => name)) || !differ(persons.map(({ job }) => job))) persons = draw();
  const [owner, other, third] = persons;
  for (;;) {
    const thing = skew(random, THINGS);
    const second = skew(random, THINGS);
    const [home, spot, far] = [skew(random, SPOTS), skew(random, SPOTS), skew(random, SPOTS)];
    if (thing === second || !differ([home, spot, far])) continue;
    return { topic, owner, other, third, thing, second, home, spot, far, look: skew(random, LOOKS) };
  }
}

function differ(items: readonly unknown[]): boolean {
  return new Set(items).size === items.length;
}

function drawPerson(random: Random): Person {
  const she = random.below(2) === 0;
  return { name: skew(random, she ? SHE : HE), job: skew(random, JOBS), she };
}

/** A person with name and job, as they are met. */
function introduced({ name, job }: Person): string {
  return `${name} the ${job}`;
}

/** A person met before: by name, or in 1 of 5 by job. */
function again(random: Random, { name, job }: Person): string {
  return random.uniform() < 0.8 ? name : `the ${job}`;
}

function begin(random: Random, { owner, thing, home, look }: Cast): string {
  const pattern = random.pick(OPENINGS);
  const time = random.pick(TIMES);
  return fill(pattern, { owner: introduced(owner), look, thing: thing.name, home: home.there, time });
}

/** The second sentence, and whether it says how the other person is. */
function want(random: Random, { other, thing, far }: Cast): { sentence: string; said: boolean } {
  const pattern = random.pick(WANTS);
  const said = random.uniform() < 0.7;
  const { name, job, she } = other;
  const slots = {
    other: introduced(other),
    name,
    job,
    she: she ? 'she' : 'he',
    far: far.there,
    thing: thing.name,
    bad: thing.bad,
  };
  return { sentence: fill(said ? pattern : MEETING, slots), said };
}

/** None to two steps of another plot that happens to another thing, between the third person and one of the two. */
function tellAside(random: Random, { owner, other, third, second, far }: Cast): string[] {
  const partner = random.uniform() < 0.5 ? owner : other;
  const [giver, taker] = random.uniform() < 0.5 ? [partner, third] : [third, partner];
  const { steps } = random.pick(PLOTS);
  return steps.slice(0, random.below(3)).map((patterns, k) => {
    const name = (person: Person): string => (person === third ? thirdName : again(random, person));
    const thirdName = k === 0 ? introduced(third) : again(random, third);
    // "it" would be the first thing.
    const pattern = random.pick(patterns).replaceAll(' it', ' the {thing}');
    const slots = { owner: name(giver), other: name(taker), thing: second.name, place: far.there, ...possessives(giver, taker) };
    return (k === 0 ? 'meanwhile ' : '') + fill(pattern, slots);
  });
}

/** The steps of the topic's own plot. */
function tellPlot(random: Random, { topic, owner, other, thing, spot }: Cast): string[] {
  return PLOTS[topic].steps.map((patterns, k) => {
    const pattern = random.pick(patterns);
    const slots = {
      owner: again(random, owner),
      other: again(random, other),
      thing: thing.name,
      place: spot.there,
      ...possessives(owner, other),
    };
    const sentence = fill(pattern, slots);
    return k > 0 && random.uniform() < 0.4 ? `${random.pick(LATER)} ${sentence}` : sentence;
  });
}

function possessives(owner: Person, other: Person): Slots {
  return { her: owner.she ? 'her' : 'his', hers: other.she ? 'hers' : 'his' };
}

/** Both in their own order, shuffled into each other. */
function interleave(random: Random, main: readonly string[], aside: readonly string[]): string[] {
  const [first, second] = [[...main], [...aside]];
  const both: string[] = [];
  while (first.length > 0 && second.length > 0) {
    const next = random.below(first.length + second.length) < first.length ? first : second;
    both.push(...next.splice(0, 1));
  }
  return [...both, ...first, ...second];
}

/** How it ends: how they are, where the owner goes, or who has it. */
function finish(random: Random, { topic, owner, other, thing, home, look }: Cast): string {
  const { has } = PLOTS[topic];
  const what = { look, thing: thing.name, homeName: home.name };
  const version = random.below(3);
  if (version === 0) {
    const feels = { owner: again(random, owner), feeling: random.pick(has === 'owner' ? GLAD : SAD) };
    // Only a gift leaves both of them with something to feel.
    if (TALE_TOPICS[topic] !== 'gift') return fill(ENDINGS.feels, feels);
    return fill(ENDINGS.bothFeel, { ...feels, other: again(random, other), feelingOfOther: random.pick(GLAD) });
  }
  if (version === 1) {
    const pattern = has === 'owner' ? ENDINGS.walksWith : ENDINGS.walksWithout;
    return fill(pattern, { ...what, owner: again(random, owner) });
  }
  if (has === 'nobody') return fill(ENDINGS.nobodyHas, what);
  return fill(ENDINGS.has, { ...what, holder: again(random, has === 'owner' ? owner : other) });
}

function howTheOtherIs(random: Random, { topic, other, thing }: Cast): string {
  const helped = PLOTS[topic].has === 'other' || TALE_TOPICS[topic] === 'loan';
  const slots = { other: again(random, other), good: thing.good, bad: thing.bad };
  return fill(helped ? ENDINGS.helped : ENDINGS.notHelped, slots);
}

/** "a" before a vowel is "an". */
function withArticles(sentence: string): string {
  return sentence.replace(/\ba (?=[aeiou])/g, 'an ');
}

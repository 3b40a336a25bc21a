/**
 * The sentences of the tales: how they begin, what can happen to a thing, how they end. {owner} has it first, {other} is the second person, each by name or job; {place}
 * and {home} come with their preposition, {her} is the owner's "her" or "his", {hers} the other's "hers" or "his". Most steps belong to several topics, so that none of
 * them gives the topic away.
 */
type Step = readonly string[];

const ASK: Step = [
  '{other} asked {owner} for it',
  '{other} begged for the {thing}',
  '{other} wished to have the {thing}',
  '{other} spoke to {owner} about it',
];
const GIVE: Step = [
  '{owner} gave the {thing} to {other}',
  '{owner} handed {other} the {thing}',
  '{owner} let {other} have the {thing}',
  '{owner} passed it to {other}',
];
const REFUSE: Step = [
  '{owner} kept the {thing}',
  '{owner} said no',
  '{owner} shook {her} head',
  '{owner} would not part with it',
];
const TAKE: Step = [
  '{other} took the {thing} while {owner} slept',
  '{other} carried it away at night',
  '{other} slipped off with the {thing}',
  '{other} grabbed the {thing} and ran',
];
const RETURN: Step = [
  '{other} brought the {thing} back',
  '{other} returned it to {owner}',
  '{other} came again with the {thing}',
  '{other} put it before the door of {owner}',
];
const LOSE: Step = [
  '{owner} left the {thing} {place}',
  '{owner} dropped it {place}',
  '{owner} forgot the {thing} {place}',
  'the {thing} fell from {her} bag {place}',
];
const SEEK: Step = [
  '{owner} looked for it everywhere',
  '{owner} searched all day',
  '{owner} could not see the {thing}',
  'nobody knew where it was',
];
const FIND: Step = [
  '{other} found the {thing} {place}',
  '{other} saw it lying {place}',
  '{other} picked up the {thing} {place}',
  '{other} noticed it {place}',
];
const KEEP: Step = ['{other} hid it', '{other} used it every day', '{other} said nothing', '{other} thought it was {hers} now'];

interface Plot {
  steps: readonly Step[];
  /** Who has the thing in the end. */
  has: 'owner' | 'other' | 'nobody';
}

const PLOT_OF = {
  gift: { steps: [ASK, GIVE], has: 'other' },
  loan: { steps: [ASK, GIVE, RETURN], has: 'owner' },
  refusal: { steps: [ASK, REFUSE], has: 'owner' },
  theft: { steps: [TAKE, SEEK], has: 'other' },
  regret: { steps: [TAKE, RETURN], has: 'owner' },
  loss: { steps: [LOSE, SEEK], has: 'nobody' },
  recovery: { steps: [LOSE, FIND, RETURN], has: 'owner' },
  windfall: { steps: [LOSE, FIND, KEEP], has: 'other' },
} satisfies Record<string, Plot>;

/** Where the first thing goes: the classes of Tales. */
export const TALE_TOPICS: readonly string[] = Object.keys(PLOT_OF);
export const PLOTS: readonly Plot[] = Object.values(PLOT_OF);

/** {owner} and {other} are named with their job here. */
export const OPENINGS: Step = [
  '{owner} had a {look} {thing} {home}',
  '{home} {owner} made a {look} {thing}',
  '{time} {owner} got a {look} {thing} {home}',
];
export const WANTS: Step = [
  '{other} was {bad} and wanted the {thing}',
  '{other} needed it because {she} was {bad}',
  'a {job} named {name} was often {bad}',
];
export const MEETING = '{name} was a {job} {far}';

export const ENDINGS = {
  feels: 'at last {owner} was {feeling}',
  bothFeel: 'at last {owner} was {feeling} but {other} was {feelingOfOther}',
  walksWith: 'in the end {owner} walked back to the {homeName} with the {look} {thing}',
  walksWithout: 'in the end {owner} walked back to the {homeName} without the {look} {thing}',
  has: 'in the end the {look} {thing} was with {holder}',
  nobodyHas: 'in the end nobody had the {look} {thing}',
  helped: '{other} was {good} now',
  notHelped: '{other} was still {bad}',
};

"""Tales and Reports: built-in text from a seed. Rules in order = order of draws; Random is src/base/random.ts, so a port gives the same stories.
Without NumPy but for `make DIR`, which writes both corpora as text.npz. python3 tales.py show | make DIR"""
import sys, hashlib
M32 = 0xffffffff
def imul(a, b): return (a * b) & M32
def mix(h, v):
    h = imul(h ^ imul(v & M32, 0xcc9e2d51), 0x85ebca6b); h ^= h >> 13
    h = imul((h + 0x6d2b79f5) & M32, 0xc2b2ae35); return h ^ (h >> 16)
class Random:
    def __init__(s, seed, *keys):
        h = mix(0x9e3779b9 ^ (seed & M32), seed >> 32)
        for k in keys:
            if isinstance(k, int): h = mix(mix(h, 0x4e), k)
            else:
                h = mix(mix(h, 0x53), len(k))
                for c in k: h = mix(h, ord(c))
        s.a, s.b, s.c, s.n = h, mix(h, 1), mix(h, 2), 1
        for _ in range(12): s.u32()
    def u32(s):
        t = (s.a + s.b + s.n) & M32; s.n = (s.n + 1) & M32
        s.a = s.b ^ (s.b >> 9); s.b = (s.c + (s.c << 3)) & M32
        s.c = (((s.c << 21) | (s.c >> 11)) + t) & M32; return t
    def u(s): return s.u32() / 4294967296
    def below(s, n): return int(s.u() * n)
    def pick(s, l): return l[s.below(len(l))]
    def skew(s, l): u = s.u(); return l[int(u * u * len(l))]  # the first words of a list are the common ones
    def some(s, l, k):  # k different ones: the first k of Fisher-Yates from the front
        l = list(l)
        for i in range(k):
            j = i + s.below(len(l) - i); l[i], l[j] = l[j], l[i]
        return l[:k]
W = str.split
SHE = W('mira anna ella rosa nina lena dora ida vera olga tess june ruth cleo faye hana iris kate lucy maud nora opal pia zoe')
HE = W('otto karl ivan hugo emil finn jack luis max noel omar paul ray sam theo umar vic walt yuri abel ben cole dan eric')
JOBS = W('farmer baker miller teacher sailor hunter weaver tailor smith guard painter fisher singer doctor gardener shepherd cook clown monk pilot porter potter judge nurse')
PLACES = {'in': W('forest garden barn valley village cave kitchen stable park cellar'), 'at': W('mill market harbor fountain gate inn school lake church shop'), 'on': W('hill bridge road island roof field beach ship meadow square')}
SPOTS = [(p, PLACES[p][k]) for k in range(10) for p in ('in', 'at', 'on')]
# what the wanting one is / is once the thing is there: its four things
NEEDS = [('cold', 'warm', W('coat blanket scarf cloak')), ('hungry', 'full', W('loaf pie cheese cake')), ('wet', 'dry', W('umbrella hood tent hat')), ('bored', 'merry', W('drum flute ball kite')),
         ('poor', 'rich', W('coin ring gem crown')), ('sick', 'well', W('herb tea honey salve')), ('tired', 'rested', W('chair bed pillow hammock')), ('dirty', 'clean', W('soap brush broom towel'))]
THINGS = [(ts[k], bad, good) for k in range(4) for bad, good, ts in NEEDS]
LOOKS = W('red blue green white black golden old ugly new big small fine plain round heavy light')
GLAD, SAD = W('glad happy proud calm'), W('sad angry upset gloomy')
TIMES = [('one', 'morning'), ('one', 'day'), ('one', 'evening'), ('last', 'winter'), ('last', 'summer'), ('last', 'week')]
FILL = ['the wind was loud', 'it was a long day', 'the birds sang in the sky', 'a dog barked in the night', 'the sun was bright', 'the rain fell', 'snow came at night', 'the sky was gray']
TOPICS = W('gift loan refusal theft regret loss recovery windfall')
# {X} owner, {Y} the other, {Z} a third; {o} thing; {P} prep and place; {xs} she/he of X, {xo} her/him, {xp} her/his
ASK = ['{Y} asked {X} for it', '{Y} begged for the {o}', '{Y} wished to have the {o}', '{Y} spoke to {X} about it']
GIVE = ['{X} gave the {o} to {Y}', '{X} handed {Y} the {o}', '{X} let {Y} have the {o}', '{X} passed it to {Y}']
NO = ['{X} kept the {o}', '{X} said no', '{X} shook {xp} head', '{X} would not part with it']
TAKE = ['{Y} took the {o} while {X} slept', '{Y} carried it away at night', '{Y} slipped off with the {o}', '{Y} grabbed the {o} and ran']
BACK = ['{Y} brought the {o} back', '{Y} returned it to {X}', '{Y} came again with the {o}', '{Y} put it before the door of {X}']
LOSE = ['{X} left the {o} {P}', '{X} dropped it {P}', '{X} forgot the {o} {P}', 'the {o} fell from {xp} bag {P}']
SEEK = ['{X} looked for it everywhere', '{X} searched all day', '{X} could not see the {o}', 'nobody knew where it was']
FIND = ['{Y} found the {o} {P}', '{Y} saw it lying {P}', '{Y} picked up the {o} {P}', '{Y} noticed it {P}']
HOLD = ['{Y} hid it', '{Y} used it every day', '{Y} said nothing', '{Y} thought it was {yp} now']
LATER = ['later', 'soon', 'then', 'after a week']
PLOTS = {'gift': [ASK, GIVE], 'loan': [ASK, GIVE, BACK], 'refusal': [ASK, NO], 'theft': [TAKE, SEEK], 'regret': [TAKE, BACK],
         'loss': [LOSE, SEEK], 'recovery': [LOSE, FIND, BACK], 'windfall': [LOSE, FIND, HOLD]}
OWNER = {'gift': 'Y', 'loan': 'X', 'refusal': 'X', 'theft': 'Y', 'regret': 'X', 'loss': '', 'recovery': 'X', 'windfall': 'Y'}
SIDE = [GIVE, NO, TAKE, BACK, FIND, LOSE, HOLD, ASK]
def an(ws):  # a -> an before a vowel
    return ['an' if w == 'a' and k + 1 < len(ws) and ws[k + 1][0] in 'aeiou' else w for k, w in enumerate(ws)]
def person(r):
    she = r.below(2) == 0
    return {'n': r.skew(SHE if she else HE), 's': 'she' if she else 'he', 'o': 'her' if she else 'him', 'p': 'her' if she else 'his', 'job': r.skew(JOBS)}
def tale(seed, i, split='train'):
    r = Random(seed, 'tales', split, i); topic = r.below(8); name = TOPICS[topic]
    while True:
        s = _tale(r, name); n = sum(len(x) + 1 for x in s)
        if 32 <= n <= 56: return [w for x in s for w in x + ['.']], topic
def _tale(r, name):
    while True:
        X, Y, Z = person(r), person(r), person(r)
        if len({X['n'], Y['n'], Z['n']}) == 3 and len({X['job'], Y['job'], Z['job']}) == 3: break
    while True:
        (o, bad, good), (q, _, _) = r.skew(THINGS), r.skew(THINGS); home, spot, far = r.skew(SPOTS), r.skew(SPOTS), r.skew(SPOTS)
        if o != q and len({home, spot, far}) == 3: break
    look = r.skew(LOOKS)
    def ref(p):  # a person again: name 80, "the JOB" 20
        return p['n'] if r.u() < .8 else 'the ' + p['job']
    def say(ts, x, y, thing, place):
        return r.pick(ts).format(X=ref(x), Y=ref(y), o=thing, P=f'{place[0]} the {place[1]}', xp=x['p'], yp='hers' if y['s'] == 'she' else 'his')
    out = []
    v = r.below(3); a, b = r.pick(TIMES)
    out.append([f"{X['n']} the {X['job']} had a {look} {o} {home[0]} the {home[1]}", f"{home[0]} the {home[1]} {X['n']} the {X['job']} made a {look} {o}", f"{a} {b} {X['n']} the {X['job']} got a {look} {o} {home[0]} the {home[1]}"][v])
    want = [f"{Y['n']} the {Y['job']} was {bad} and wanted the {o}", f"{Y['n']} the {Y['job']} needed it because {Y['s']} was {bad}", f"a {Y['job']} named {Y['n']} was often {bad}"][r.below(3)]
    meet = f"{Y['n']} was a {Y['job']} {far[0]} the {far[1]}"
    out.append(want if r.u() < .7 else meet)
    wants = out[-1] is want
    # one or two steps of another plot, of another thing, between Z and one of the two
    other, swap = (X if r.u() < .5 else Y), r.u() < .5; x, y = (other, Z) if swap else (Z, other)
    asides = []
    for k, ts in enumerate(PLOTS[r.pick(TOPICS)][:r.below(3)]):
        z = f"{Z['n']} the {Z['job']}" if k == 0 else ref(Z); thing = [t.replace(' it', ' the {o}') for t in ts]
        asides.append(('meanwhile ' if k == 0 else '') + r.pick(thing).format(X=ref(x) if swap else z, Y=z if swap else ref(y), o=q, P=f'{far[0]} the {far[1]}', xp=x['p'], yp='hers' if y['s'] == 'she' else 'his'))
    steps = PLOTS[name]; main = []
    for k, ts in enumerate(steps):
        e = say(ts, X, Y, o, spot); main.append((r.pick(LATER) + ' ' + e) if k > 0 and r.u() < .4 else e)
    while main or asides:  # the two are interleaved, each in its order
        left = main if not asides or (main and r.below(len(main) + len(asides)) < len(main)) else asides
        out.append(left.pop(0))
    if r.u() < .1: out.append(r.pick(FILL))
    # how it ends: who has it, how they are
    own = OWNER[name]; has = X if own == 'X' else Y; v = r.below(3)
    if v == 0: out.append(f"at last {ref(X)} was {r.pick(GLAD if own == 'X' else SAD)}" + ('' if name != 'gift' else f" but {ref(Y)} was {r.pick(GLAD)}"))
    elif v == 1: out.append(f"in the end {ref(X)} walked back to the {home[1]} {'with' if own == 'X' else 'without'} the {look} {o}")
    else: out.append((f"in the end the {look} {o} was with {ref(has)}") if own else f"in the end nobody had the {look} {o}")
    if wants and r.u() < .5: out.append(f"{ref(Y)} was {good} now" if own == 'Y' or name == 'loan' else f"{ref(Y)} was still {bad}")
    return [an(x.split()) for x in out]
# ---- Reports: the same function words, other things, other labels
UNITS, SITES = W('pump valve motor sensor boiler turbine filter engine cable fan drill crane'), W('north south east west upper lower inner outer')
HALL, ROLE = W('station plant dock tunnel shaft tower'), W('operator engineer inspector foreman driver chemist clerk manager')
FAULT = [('hot', 'cooled'), ('loud', 'quiet'), ('slow', 'faster'), ('dusty', 'clean'), ('loose', 'tight'), ('wet', 'dry')]
PARTS = W('belt gear seal fuse screw pipe plug bearing'); CODE = W('one two three four five six seven eight')
KINDS = W('repair swap waiting alarm blame transfer missing service')
R_ = {'see': ['{r} noticed the {u} was {f}', '{r} saw the {u} was {f}', 'the {u} was {f} at {c}', '{r} was told the {u} was {f}'],
 'fix': ['{r} put the {p} back', '{r} made the {p} tight again', '{r} used a new {p}', '{r} looked for the fault and found it'],
 'swap': ['{r} brought another {u}', 'another {u} came from the {h2}', '{r} had the {u} handed over', 'the old {u} was let go'],
 'wait': ['the {p} was not there', 'no {p} could be found', '{r} asked for a {p} everywhere', '{r} searched the {h2} for a {p}'],
 'false': ['nothing was wrong', 'it was the {p} of another {u}', 'the sensor was wrong', '{r} said no work was needed'],
 'blame': ['{q} had left the {p} open', '{q} forgot the {p}', '{q} had dropped the {p}', '{q} would not look at the {p}'],
 'move': ['the {u} was carried to the {h2}', '{r} passed it to the {h2}', '{r} gave the {u} to {q}', '{q} took the {u} away'],
 'serve': ['it was the day for it', '{r} came every week', 'the {u} was looked at before', '{r} returned as every week']}
R_PLOT = {'repair': ['see', 'fix'], 'swap': ['see', 'swap'], 'waiting': ['see', 'wait'], 'alarm': ['see', 'false'], 'blame': ['see', 'blame', 'fix'], 'transfer': ['see', 'move'], 'missing': ['wait', 'blame'], 'service': ['serve', 'fix']}
R_GOOD = {'repair', 'swap', 'alarm', 'blame', 'service'}
def report(seed, i, split='train'):
    r = Random(seed, 'reports', split, i); k = r.below(8); name = KINDS[k]
    while True:
        s = _report(r, name); n = sum(len(x) + 1 for x in s)
        if 32 <= n <= 56: return [w for x in s for w in x + ['.']], k
def _report(r, name):
    u, u2 = r.some(UNITS, 2); ra, rb = r.some(ROLE, 2); f, g = r.pick(FAULT); p, p2 = r.some(PARTS, 2); sa, sb = r.some(SITES, 2); ha, hb = r.some(HALL, 2); c = r.pick(CODE)
    she = r.below(2) == 0; pro = 'she' if she else 'he'
    def say(key, unit, part): return r.pick(R_[key]).format(r='the ' + ra if r.u() < .7 else pro, q='the ' + rb, u=unit, p=part, f=f, c=c, h2=f'{sb} {hb}')
    out = [[f'the {ra} of the {sa} {ha} was at the {u} at {c}', f'at {c} the {ra} came to the {sa} {ha}', f'in the {sa} {ha} the {ra} was at work'][r.below(3)]]
    out.append([f'{pro} had {u} {c} before {"her" if she else "him"}', f'the {u} was the one with the old {p}', f'the {rb} needed the {u} because the {u2} was {f}'][r.below(3)])
    steps = R_PLOT[name]; at = r.below(len(steps) + 1); keys = list(R_)
    for j in range(len(steps) + 1):
        if j == at: out.append('meanwhile ' + say(r.pick(keys), u2, p2))
        if j < len(steps): out.append((r.pick(LATER) + ' ' if j and r.u() < .5 else '') + say(steps[j], u, p))
    ok = name in R_GOOD; v = r.below(3)
    out.append(f'at last the {u} was {g}' if ok and v == 0 else f'the {u} was still {f}' if v == 0 else f'in the end the {ra} walked back to the {sa} {ha} and was {r.pick(GLAD if ok else SAD)}' if v == 1 else f'in the end the {rb} {"had" if ok else "was without"} the {u}')
    return [x.split() for x in out]
SPECIAL = ['<empty>', '<mask>', '<unknown>']
def vocabulary():
    """Special words, then every word of the rules in alphabetical order (code units)."""
    ws = set()
    for f in (tale, report):
        for i in range(20000): ws.update(f(1, i)[0])
    return SPECIAL + sorted(ws)
def corpus(f, seed, count, split, index, n=56):
    import numpy as np
    x = np.zeros((count, n), np.int16); y = np.zeros(count, np.int64)
    for i in range(count):
        ws, y[i] = f(seed, i, split); x[i, :len(ws)] = [index[w] for w in ws]
    return x, y
if __name__ == '__main__':
    if sys.argv[1] == 'show':
        for i in range(8):
            for f, names in ((tale, TOPICS), (report, KINDS)):
                ws, t = f(1, i); print(f'[{names[t]}, {len(ws)}]', ' '.join(ws))
    else:
        import numpy as np, time
        t0 = time.time(); v = vocabulary(); index = {w: i for i, w in enumerate(v)}
        d = sys.argv[2]; z = {}
        for f, k in ((tale, 'tales'), (report, 'reports')):
            z[k + '_x'], z[k + '_y'] = corpus(f, 1, 20000, 'train', index); z[k + '_xt'], z[k + '_yt'] = corpus(f, 1, 2000, 'test', index)
        np.savez(d + '/text.npz', vocab=np.array(v), **z)
        for k in ('tales', 'reports'):
            x = z[k + '_x']; L = (x > 0).sum(1); print(k, 'words used', len(np.unique(x)) - 1, 'length', L.min(), np.percentile(L, [5, 50, 95]), L.max(), 'mean', L.mean().round(1), 'sentences', [(x == index['.']).sum(1).min(), (x == index['.']).sum(1).max()], 'distinct', len({r.tobytes() for r in x}), 'classes', np.bincount(z[k + '_y']))
        print('vocabulary', len(v), 'sha256 of 1000 tales', hashlib.sha256('\n'.join(' '.join(tale(1, i)[0]) for i in range(1000)).encode()).hexdigest()[:16], f'{time.time()-t0:.0f} s')

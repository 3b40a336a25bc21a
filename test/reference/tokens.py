"""Words and byte pairs of a small corpus, learned by plain counting, and the same tokenizers in Hugging Face's own library.

python3 tokens.py           learns (standard library only) and writes tokens.json beside this file
python3 tokens.py --hf      also needs tokenizers 0.23.2 from pip: writes its files and its ids into tokens.json

The learning here counts every pair anew for every merge and cuts texts sign by sign, by the categories of unicodedata. The corpus
is 120 tales (tales.py) and the lines below.
"""
import json, sys, unicodedata
from collections import Counter
from pathlib import Path
from tales import tale

LINES = [
    'The quick brown fox jumps over the lazy dog. It didn’t stop, and it wasn\'t sorry!',
    'In 2024, 1234567 people paid €3.50 (or £2.99) for a copy; 12.5% came back.',
    'def encode(text):\n    return [b + 3 for b in text.encode("utf-8")]\r\n\r\n\t# end',
    'Ein Mädchen läßt die Tür offen. Ein Mädchen läßt die Tür offen.',
    'Ein Ma\u0308dchen mit zerlegten Umlauten: u\u0308, o\u0308, e\u0301, a\u030a; \u1e9b\u0323 \u212b \u2126',
    'नमस्ते दुनिया। हिन्दी में कुछ शब्द और १२३ अंक।',
    '日本語のテキストです。カタカナとひらがな、漢字。ﾊﾟｿｺﾝ',
    '中文没有空格，所以每个字都是一个词。𠮷野家',
    'ภาษาไทยไม่มีช่องว่าง',
    '한국어 문장입니다. 한글 \u1112\u1161\u11ab\u1100\u1173\u11af',
    'Ελληνικά: ο ήλιος και η θάλασσα είναι όμορφα',
    'Привет, мир! Это проверка. ПРИВЕТ',
    'مرحبا بالعالم، هذا نص عربي. שלום עולם',
    '👩‍👩‍👧‍👦 family, 🏳️‍🌈 flag, 👍🏽 thumbs; ☃ ★ → ∑',
    'ﬁne ﬂow ½ ² ⅷ ｆｕｌｌ ｗｉｄｔｈ ℌ',
    'a\u00a0b\u2003c\u3000d\u0085e\u200bf\ufeffg  two   three\ttab \n\n lines ',
    'İstanbul ǅ ẞ straße STRASSE',
    "O'Neill's rock'n'roll 'quoted' ’tis x’ y's1 don’t.stop",
    'snake_case camelCase http://example.org/a?b=c&d=e#f foo@bar.baz',
    '\ufeffstarts with a mark', '', ' ', '\n', 'a', ' a', '#', '1', '1111', '12345678901',
    'aaaaaaaaaaa aaaa aaa aa a', 'abababababab', '.....!!!!!.....', '\u0301 alone', 'x\u0000y\u001bz',
]
SPACES = set('\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000') | {chr(c) for c in range(0x2000, 0x200b)}
letter = lambda c: unicodedata.category(c)[0] == 'L'
mark = lambda c: unicodedata.category(c)[0] == 'M'
number = lambda c: unicodedata.category(c)[0] == 'N'
unspaced = lambda c: any(a <= c <= b for a, b in ('\u0e00\u0e7f', '\u3040\u30ff', '\u3400\u9fff', '\uf900\ufaff'))


def pieces_of_bytes(text):
    text, found, i = unicodedata.normalize('NFC', text), [], 0
    other = lambda c: c not in SPACES and not letter(c) and not number(c)
    while i < len(text):
        j = i + 1 if text[i] == ' ' and i + 1 < len(text) and text[i + 1] not in SPACES else i  # a space goes with what follows
        if letter(text[j]):
            k = j + 1
            while k < len(text) and (letter(text[k]) or mark(text[k])): k += 1
        elif number(text[j]):
            k = j + 1
            while k < len(text) and number(text[k]) and k < j + 3: k += 1
        elif other(text[j]):
            k = j + 1
            while k < len(text) and other(text[k]): k += 1
        else:
            k = i + 1
            while k < len(text) and text[k] in SPACES: k += 1
        found.append(text[i:k]); i = k
    return found


def words_of(text):
    text, found, i = unicodedata.normalize('NFKC', text).lower(), [], 0
    part = lambda c: not unspaced(c) and (letter(c) or mark(c) or number(c))
    while i < len(text):
        c = text[i]
        if c in SPACES or c == '\ufeff': i += 1; continue
        k = i + 1
        if part(c):
            while k < len(text) and part(text[k]): k += 1
            while k + 1 < len(text) and text[k] in '\'’' and part(text[k + 1]) and not number(text[k + 1]):
                k += 1
                while k < len(text) and part(text[k]) and not number(text[k]): k += 1
        found.append(text[i:k]); i = k
    return found


def learn_merges(counts, most):
    pieces = {p: [b + 3 for b in p.encode()] for p in counts}
    merges = []
    while len(merges) < most:
        pairs = Counter()
        for p, ids in pieces.items():
            for pair in zip(ids, ids[1:]): pairs[pair] += counts[p]
        best = min(pairs, key=lambda pair: (-pairs[pair], pair), default=None)
        if best is None or pairs[best] < 2: break
        merges.append(best)
        for p, ids in pieces.items(): pieces[p] = replace(ids, best, 258 + len(merges))
    return merges


def replace(ids, pair, new):
    out, i = [], 0
    while i < len(ids):
        if i + 1 < len(ids) and (ids[i], ids[i + 1]) == pair: out.append(new); i += 2
        else: out.append(ids[i]); i += 1
    return out


def encode(piece, merges):
    ids = [b + 3 for b in piece.encode()]
    for k, pair in enumerate(merges): ids = replace(ids, pair, 259 + k)
    return ids


def hugging_face(merges, words):
    import tokenizers as t
    special = [t.AddedToken(s, special=True, normalized=False) for s in ('<empty>', '<mask>', '<unknown>')]
    n, signs = 0, []
    for b in range(256):
        ok = 33 <= b <= 126 or 161 <= b <= 172 or b >= 174
        signs.append(chr(b) if ok else chr(256 + n)); n += not ok
    names = [str(s.content) for s in special] + signs
    for a, b in merges: names.append(names[a] + names[b])
    bpe = t.Tokenizer(t.models.BPE({w: i for i, w in enumerate(names)}, [(names[a], names[b]) for a, b in merges]))
    bpe.normalizer = t.normalizers.NFC()
    pattern = r' ?\p{L}[\p{L}\p{M}]*| ?\p{N}{1,3}| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+'
    bpe.pre_tokenizer = t.pre_tokenizers.Sequence([t.pre_tokenizers.Split(t.Regex(pattern), 'isolated'), t.pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    bpe.decoder = t.decoders.ByteLevel()
    level = t.Tokenizer(t.models.WordLevel({w: i for i, w in enumerate([str(s.content) for s in special] + words)}, unk_token='<unknown>'))
    level.normalizer = t.normalizers.Sequence([t.normalizers.NFKC(), t.normalizers.Lowercase()])
    here = r'\u0E00-\u0E7F\u3040-\u30FF\u3400-\u9FFF\uF900-\uFAFF'
    pattern = rf"[{here}]|(?:(?![{here}])[\p{{L}}\p{{M}}\p{{N}}])+(?:['’](?:(?![{here}])[\p{{L}}\p{{M}}])+)*|[^\p{{White_Space}}\uFEFF\p{{L}}\p{{M}}\p{{N}}]"
    level.pre_tokenizer = t.pre_tokenizers.Split(t.Regex(pattern), 'removed', invert=True)
    for tokenizer in (bpe, level): tokenizer.add_special_tokens(special)
    return bpe, level


if __name__ == '__main__':
    lines = [' '.join(tale(1, i)[0]) for i in range(120)] + LINES
    counts = Counter(p for line in lines for p in pieces_of_bytes(line))
    merges = learn_merges(counts, 1024 - 259)
    words = sorted(Counter(w for line in lines for w in words_of(line)).items(), key=lambda e: (-e[1], e[0].encode('utf-16-be')))
    words = [w for w, _ in words[:300]]
    index = {w: 3 + k for k, w in enumerate(words)}
    shown = LINES + lines[:5]
    out = {'lines': lines, 'shown': shown, 'merges': merges, 'words': words,
           'bytePairIds': [[i for p in pieces_of_bytes(line) for i in encode(p, merges)] for line in shown],
           'wordIds': [[index.get(w, 2) for w in words_of(line)] for line in shown]}
    path = Path(__file__).with_suffix('.json')
    if '--hf' in sys.argv:
        bpe, level = hugging_face(merges, words)
        out['huggingFace'] = {'bytePairs': json.loads(bpe.to_str()), 'words': json.loads(level.to_str())}
        for name, tokenizer, key in (('byte pairs', bpe, 'bytePairIds'), ('words', level, 'wordIds')):
            ids = [tokenizer.encode(line).ids for line in shown]
            different = [repr(line) for line, a, b in zip(shown, ids, out[key]) if a != b]
            print(f'{name}: {len(different)} of {len(shown)} lines have other ids in tokenizers', *different)
            out['huggingFace'][key] = ids
        print('round trip', sum(bpe.decode(tokenizer_ids) == unicodedata.normalize('NFC', line) for tokenizer_ids, line in zip(out['bytePairIds'], shown)), 'of', len(shown))
    elif path.exists(): out['huggingFace'] = json.loads(path.read_text())['huggingFace']
    path.write_text(json.dumps(out, ensure_ascii=True) + '\n')
    print(len(merges), 'merges', len(words), 'words')

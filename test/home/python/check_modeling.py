"""check_modeling.py FOLDER...: what each folder's model computes against its probe, as one JSON object: {folder: {name: difference}}."""
import json
import sys

sys.path.insert(0, sys.argv[1])
from example import compare  # noqa: E402
from modeling_patchwork import load, read_safetensors  # noqa: E402

print(json.dumps({folder: {**compare(load(folder), read_safetensors(f'{folder}/probe.safetensors')[0])} for folder in sys.argv[1:]}))

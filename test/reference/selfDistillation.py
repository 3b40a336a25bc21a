"""Self-distillation for further pretraining (Lee et al. 2023), one step: MAE's loss plus the distance to a teacher encoder
on the whole picture, and the paper's ablations."""
import torch

from common import Maker, embed, encode, gather, save
from mae import mae_inputs, mae_step, mae_weights, reconstruct, settings


def in_encoder(name):
    return not name.startswith(('decoder', 'mask_token'))


def class_token(w, s, patches, order):
    """The class token (B, d) after the final norm, all cells in the order given (which changes nothing but rounding)."""
    return encode(w, s, gather(embed(w, s, patches), order))[:, 0]


def features(w, teacher, s, patches, order):
    ours, theirs = class_token(w, s, patches, order), class_token(teacher, s, patches, order)
    return ((ours - theirs) ** 2).sum(dim=-1).mean(), {'class': ours, 'teacherClass': theirs}


def predictions(w, teacher, s, patches, order):
    """Both reconstructions of the same masked picture, all cells and pixels."""
    ours, theirs = reconstruct(w, s, patches, order), reconstruct(teacher, s, patches, order)
    return ((ours - theirs) ** 2).sum(dim=(1, 2)).mean(), {'teacherPrediction': theirs}


def weight_distance(w, teacher, *_):
    return sum(((w[name] - teacher[name]) ** 2).sum() for name in teacher), {}


MATCHING = {'features': features, 'predictions': predictions, 'weights': weight_distance}


def distillation_step(s):
    def step(w, inputs, teacher):
        patches, order = inputs['patches'], inputs['order']
        distance, outputs = MATCHING[s['match']](w, teacher, s, patches, order)
        mae_loss, mae_metrics, mae_outputs = mae_step(s)(w, inputs)
        loss = s['maeWeight'] * mae_loss + distance
        return loss, {**mae_metrics, 'maeLoss': mae_loss, 'distillation': distance}, {**mae_outputs, **outputs}
    return step


def write(name, seed, match='features', mae_weight=1, **changes):
    s = {**settings(**changes), 'objective': 'selfDistillation', 'match': match, 'maeWeight': mae_weight}
    make = Maker(seed)
    weights = mae_weights(make, s)
    if match == 'weights':  # near the student, or the distance would drown MAE's gradients
        teacher = {key: torch.round(value + make.normal(*value.shape, std=0.05), decimals=4) for key, value in weights.items()}
    else:
        teacher = mae_weights(make, s)
    if match != 'predictions':
        teacher = {key: value for key, value in teacher.items() if in_encoder(key)}
    save(name, s, mae_inputs(make, s), weights, distillation_step(s), teacher=teacher)


if __name__ == '__main__':
    write('selfDistillation', 9)
    write('selfDistillationWithoutMae', 10, mae_weight=0)
    write('selfDistillationWeights', 11, match='weights')
    write('selfDistillationPredictions', 12, match='predictions')

"""Prints the numbers of the tests in Evaluation/, from each definition in NumPy and SciPy, float64. Run: /usr/bin/python3 evaluation.py"""
import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.optimize import linear_sum_assignment, minimize
from scipy.spatial.distance import pdist
from scipy.stats import norm


def scores(count, phase, shift):
    """Scores from a formula that needs no random generator, as float32 as the program has them."""
    i = np.arange(count)
    return (0.35 * np.sin(1.7 * i + phase) + 0.2 * np.cos(0.3 * i * i + phase) + shift).astype(np.float32).astype(np.float64)


def rates(targets, others):
    """EER where the lines between ROC points cross the diagonal, and normalised minDCF."""
    thresholds = np.unique(np.concatenate([targets, others]))
    miss = np.array([0.0] + [np.mean(targets <= t) for t in thresholds])
    false_alarm = np.array([1.0] + [np.mean(others > t) for t in thresholds])
    k = np.argmax(miss >= false_alarm)
    share = (false_alarm[k - 1] - miss[k - 1]) / ((false_alarm[k - 1] - miss[k - 1]) - (false_alarm[k] - miss[k]))
    cost = lambda p: np.min(p * miss + (1 - p) * false_alarm) / min(p, 1 - p)
    return miss[k - 1] + share * (miss[k] - miss[k - 1]), cost(0.01), cost(0.001)


def deep_speaker(sims, labels):
    """The measures as Deep Speaker's code base defines them, on its grid of thresholds."""
    measures, gaps = [], []
    for threshold in np.arange(0, 1.0, 0.001):
        accepted = sims > threshold
        tp, fp = np.sum(accepted & labels), np.sum(accepted & ~labels)
        tn, fn = np.sum(~accepted & ~labels), np.sum(~accepted & labels)
        precision, recall = tp / max(tp + fp, 1), tp / (tp + fn)
        measures.append((2 * precision * recall / (precision + recall + 1e-12), (tp + tn) / len(sims)))
        frr, far = 1 - recall, fp / (fp + tn)
        gaps.append((abs(frr - far), (frr + far) / 2))
    best = np.argmax([m[0] for m in measures])
    return gaps[np.argmin([g[0] for g in gaps])][1], *measures[best]


def unit(a):
    return a / np.linalg.norm(a, axis=-1, keepdims=True)


def vectors(count, size, phase):
    i, d = np.meshgrid(np.arange(count), np.arange(size), indexing="ij")
    return unit((np.sin(1.1 * i + 0.9 * d * d + phase) + 0.5 * np.cos(0.37 * i * d)).astype(np.float32).astype(np.float64))


def as_norm(x, cohort, k, a, b):
    def impostors(row):
        top = np.sort(cohort @ x[row])[-k:]
        return top.mean(), top.std()
    s = x[a] @ x[b]
    (ma, sa), (mb, sb) = impostors(a), impostors(b)
    return 0.5 * ((s - ma) / sa + (s - mb) / sb)


def logistic(features, labels, prior):
    """Weights and offset on the scores themselves; the ridge is on the normalised ones, as in the program."""
    mean, deviation = features.mean(0), features.std(0)
    z = np.hstack([(features - mean) / deviation, np.ones((len(features), 1))])
    shift = np.log(prior / (1 - prior))
    sign = np.where(labels, 1, -1)
    share = np.where(labels, prior / labels.sum(), (1 - prior) / (~labels).sum())

    def cost(w):
        return np.sum(share * np.logaddexp(0, -sign * (z @ w + shift))) + 0.5e-6 * w @ w

    w = minimize(cost, np.zeros(z.shape[1]), method="BFGS", options={"gtol": 1e-10}).x
    w = minimize(cost, w, method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-16, "maxiter": 100000}).x
    return w[:-1] / deviation, w[-1] - np.sum(w[:-1] * mean / deviation)


def misclassified(clusters, speakers):
    """Kotti et al. by the best assignment, Lukic et al. by whole clusters."""
    shared = np.zeros((speakers.max() + 1, clusters.max() + 1))
    np.add.at(shared, (speakers, clusters), 1)
    rows, columns = linear_sum_assignment(-shared)
    whole = sum(1 for c, s in zip(clusters, speakers) if np.array_equal(clusters == c, speakers == s))
    return 1 - shared[rows, columns].sum() / len(clusters), 1 - whole / len(clusters)


def main():
    targets, others = scores(40, 0.5, 0.55), scores(60, 2.0, 0.0)
    # Two of the others lie far above the rest, so that the two priors have different best thresholds.
    many = scores(3000, 2.0, 0.0)
    many[[7, 1507]] = 1
    print("rates", *(f"{r:.9f}" for r in rates(scores(200, 0.5, 0.8), many)))

    # Retrieval: scores halfway between the grid's thresholds, so that the grid tells all of them apart.
    snap = lambda s: np.floor(np.clip(0.25 + s / 2.5, 0.002, 0.998) * 1000) / 1000 + 0.0005
    t, o = snap(scores(30, 0.2, 0.8)), snap(scores(30 * 7, 1.1, 0.0))
    print("retrieval", *(f"{m:.9f}" for m in deep_speaker(np.concatenate([t, o]), np.arange(30 * 8) < 30)),
          "top1", np.mean([t[i] > o[7 * i:7 * i + 7].max() for i in range(30)]))

    x, cohort = vectors(6, 5, 0.3), vectors(9, 5, 2.2)
    print("as-norm", *(f"{as_norm(x, cohort, 4, a, b):.6f}" for a, b in [(0, 1), (2, 5), (3, 4)]))

    second = (scores(40, 1.3, 5.0), scores(60, 0.1, 4.6))
    a, b = np.concatenate([targets, others]), np.concatenate(second)
    normal = lambda s: (s - s.mean()) / s.std()
    for weights in ((1, 1), (3, 1)):
        fused = (weights[0] * normal(a) + weights[1] * normal(b)) / sum(weights)
        print("mean", weights, *(f"{f:.6f}" for f in fused[[0, 7, 40, 99]]), *(f"{r:.9f}" for r in rates(fused[:40], fused[40:])))
    for prior in (0.5, 0.01):
        weights, offset = logistic(np.stack([a, b], 1), np.arange(100) < 40, prior)
        print("logistic", prior, *(f"{w:.5f}" for w in weights), f"{offset:.5f}")

    speakers = np.arange(16) % 6
    items = unit(vectors(6, 6, 0.9)[speakers] + 0.6 * vectors(16, 6, 2.5)).astype(np.float32).astype(np.float64)
    for method in ("average", "complete"):
        tree = linkage(pdist(items, "cosine"), method)
        cuts = {k: misclassified(fcluster(tree, k, "maxclust") - 1, speakers) for k in range(1, 17)}
        print("clusters", method, "least", *(f"{min(c[i] for c in cuts.values()):.9f}" for i in (0, 1)), "at 6", *(f"{m:.9f}" for m in cuts[6]),
              "best cut", min(cuts, key=lambda k: (cuts[k][0], abs(k - 6))))
    print("matched by hand", misclassified(np.array([0, 0, 0, 1, 1, 2, 2, 2, 3]), np.array([0, 0, 1, 1, 2, 2, 2, 0, 3])))

    print("deviates", *(f"{norm.ppf(p):.9f}" for p in (0.0005, 0.01, 0.02425, 0.3, 0.5, 0.9, 0.999)))


main()

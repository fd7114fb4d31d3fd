"""Prints the numbers of LossTests.cs: each loss from its paper's equation, in NumPy, float64. Run: python3 losses.py"""
import numpy as np


def example():
    """Embeddings [3, 2, 4] and centres [5, 4] from a formula that needs no random generator."""
    x = np.sin(1.0 + 0.7 * np.arange(24)).reshape(3, 2, 4)
    w = np.cos(0.3 + 1.1 * np.arange(20)).reshape(5, 4)
    return x, w, np.array([4, 0, 2])


def unit(a):
    return a / np.linalg.norm(a, axis=-1, keepdims=True)


def cross_entropy(logits, targets):
    peak = logits.max(1, keepdims=True)
    log_sum = np.log(np.exp(logits - peak).sum(1)) + peak[:, 0]
    return float(np.mean(log_sum - logits[np.arange(len(targets)), targets]))


def softmax(x, w, y):
    return cross_entropy(x.reshape(6, 4) @ w.T + 0.1 * np.arange(5), np.repeat(y, 2))


def margin(x, w, y, angular, m, s):
    targets = np.repeat(y, 2)
    cosine = unit(x.reshape(6, 4)) @ unit(w).T
    own = cosine[np.arange(6), targets]
    if angular:
        theta = np.arccos(own)
        changed = np.where(theta + m < np.pi, np.cos(theta + m), own - m * np.sin(m))
    else:
        changed = own - m
    cosine[np.arange(6), targets] = changed
    return cross_entropy(s * cosine, targets)


def angular_prototypical(x):
    cosine = unit(x[:, 0]) @ unit(x[:, 1:].mean(1)).T
    return cross_entropy(10 * cosine - 5, np.arange(len(x)))


def prototypical(x):
    query, prototype = x[:, 0], x[:, 1:].mean(1)
    distance = ((query[:, None] - prototype[None]) ** 2).sum(-1)
    return cross_entropy(-distance, np.arange(len(x)))


def ge2e(x):
    n, m, _ = x.shape
    logits = np.zeros((n, m, n))
    for j in range(n):
        for i in range(m):
            for k in range(n):
                centroid = x[k, [o for o in range(m) if not (o == i and k == j)]].mean(0)
                logits[j, i, k] = 10 * unit(x[j, i]) @ unit(centroid) - 5
    return cross_entropy(logits.reshape(n * m, n), np.repeat(np.arange(n), m))


def hardest_triplets(x, cost):
    """Anchors are the first crops; the negative of each is the most similar of the other speakers' crops of the positive's column."""
    x = unit(x)
    losses = []
    for k in range(1, x.shape[1]):
        for i in range(len(x)):
            others = [j for j in range(len(x)) if j != i]
            negative = max(others, key=lambda j: x[i, 0] @ x[j, k])
            losses.append(max(0, cost(x[i, 0], x[i, k], x[negative, k])))
    return float(np.mean(losses))


def euclidean_triplets(x, m):
    return hardest_triplets(x, lambda a, p, n: ((a - p) ** 2).sum() - ((a - n) ** 2).sum() + m)


def cosine_triplets(x, m):
    return hardest_triplets(x, lambda a, p, n: a @ n - a @ p + m)


def pairwise_divergence(outputs, speakers, m):
    p = np.exp(outputs) / np.exp(outputs).sum(1, keepdims=True)
    losses = []
    for i in range(len(p)):
        for j in range(i + 1, len(p)):
            forward, backward = (p[i] * np.log(p[i] / p[j])).sum(), (p[j] * np.log(p[j] / p[i])).sum()
            losses.append(forward + backward if speakers[i] == speakers[j] else max(0, m - forward) + max(0, m - backward))
    return float(np.mean(losses))


def asked_divergence(outputs, speakers, m):
    """The question's loss over all ordered pairs: y KL + (1 - y) mean over all pairs of max(0, m - KL)."""
    clipped = np.clip(outputs, 1e-7, 1)
    pairs = [(i, j) for i in range(len(outputs)) for j in range(len(outputs)) if i != j]
    divergences = np.array([(clipped[i] * np.log(clipped[i] / clipped[j])).sum() for i, j in pairs])
    same = np.array([float(speakers[i] == speakers[j]) for i, j in pairs])
    return float(np.mean(same * divergences + (1 - same) * np.maximum(m - divergences, 0).mean()))


if __name__ == "__main__":
    x, w, y = example()
    print("softmax", softmax(x, w, y))
    print("am 0.3 10", margin(x, w, y, False, 0.3, 10))
    print("aam 0.2 30", margin(x, w, y, True, 0.2, 30))
    print("aam 0.9 5", margin(x, w, y, True, 0.9, 5))
    print("angular prototypical", angular_prototypical(x))
    three = x.reshape(2, 3, 4)
    print("angular prototypical, M = 3", angular_prototypical(three))
    print("prototypical", prototypical(x), "M = 3", prototypical(three))
    print("ge2e", ge2e(x), "M = 3", ge2e(three))
    print("triplet 0.3", euclidean_triplets(x, 0.3), "M = 3", euclidean_triplets(three, 0.3))
    print("cosine triplet 0.1", cosine_triplets(x, 0.1), "M = 3", cosine_triplets(three, 0.1))
    print("divergence 2", pairwise_divergence(x.reshape(6, 4), np.repeat(y, 2), 2), "of 4 x", pairwise_divergence(4 * x.reshape(6, 4), np.repeat(y, 2), 2))
    print("divergence 2 of a layer", pairwise_divergence(x.reshape(6, 4) @ w.T + 0.1 * np.arange(5), np.repeat(y, 2), 2))
    print("asked divergence 1", asked_divergence(x.reshape(6, 4), np.repeat(y, 2), 1), "of 0.3 x + 0.5", asked_divergence(0.3 * x.reshape(6, 4) + 0.5, np.repeat(y, 2), 1))
    print("sum", 0.5 * margin(x, w, y, True, 0.2, 30) + 2 * angular_prototypical(x))

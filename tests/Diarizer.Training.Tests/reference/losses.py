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
    return cross_entropy(10 * cosine - 5, np.arange(3))


if __name__ == "__main__":
    x, w, y = example()
    print("softmax", softmax(x, w, y))
    print("am 0.3 10", margin(x, w, y, False, 0.3, 10))
    print("aam 0.2 30", margin(x, w, y, True, 0.2, 30))
    print("aam 0.9 5", margin(x, w, y, True, 0.9, 5))
    print("angular prototypical", angular_prototypical(x))
    print("sum", 0.5 * margin(x, w, y, True, 0.2, 30) + 2 * angular_prototypical(x))

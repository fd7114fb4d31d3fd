"""Prints the numbers of PowersetLossTests.cs: the permutation-invariant powerset cross-entropy in NumPy, float64, with sets of
speakers in the place of class tables. Run: python3 segmentation.py"""
from itertools import combinations, permutations

import numpy as np

SPEAKERS = 3
CLASSES = [frozenset(c) for size in range(3) for c in combinations(range(SPEAKERS), size)]


def example():
    """Logits [2, 5, 7] and targets [2, 5] from formulas that need no random generator."""
    logits = 2 * np.sin(0.4 + 0.9 * np.arange(70)).reshape(2, 5, 7)
    return logits, np.array([[0, 1, 4, 2, 6], [3, 3, 5, 0, 1]])


def loss(logits, targets):
    """The mean over the windows of the least mean cross-entropy over all ways to name the speakers."""
    log_p = logits - np.log(np.exp(logits).sum(-1, keepdims=True))
    total = 0
    for window, right in zip(log_p, targets):
        total += min(-np.mean([window[t, CLASSES.index(frozenset(names[s] for s in CLASSES[c]))] for t, c in enumerate(right)])
                     for names in permutations(range(SPEAKERS)))
    return total / len(targets)


def fixed(logits, targets):
    log_p = logits - np.log(np.exp(logits).sum(-1, keepdims=True))
    return -np.mean([log_p[b, t, targets[b, t]] for b in range(2) for t in range(5)])


logits, targets = example()
print("invariant", round(loss(logits, targets), 6), "in the order given", round(fixed(logits, targets), 6))
print("first window alone", round(loss(logits[:1], targets[:1]), 6), "second", round(loss(logits[1:], targets[1:]), 6))

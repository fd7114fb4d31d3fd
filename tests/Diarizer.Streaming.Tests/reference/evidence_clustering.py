#!/usr/bin/env python3
"""Log-likelihood ratios of one voice against two, from whole covariance matrices, and the clusters that merging by them gives, for EvidenceClusteringTests."""
import numpy as np
from scipy.stats import multivariate_normal

T, D, NOISE, SCALE = 12, 3, 0.8, 0.5
VOICE, CHANNEL, START = np.array([4.0, 2.0, 1.0]), np.array([3.0, 1.0, 0.5]), 0.7
voice = np.array([0, 0, 1, 1, 2, 2, 0, 1, 2, 0, 1, 2])
seconds = np.array([1.5 if t % 3 else 0.9 for t in range(T)])
x = np.array([[3 * np.sin(1.3 * v + d) + 0.9 * np.sin(2.3 * t * (d + 1)) for d in range(D)] for t, v in enumerate(voice)])
variance = NOISE / (SCALE * seconds)


def likelihood(members, channel):
    """Of points that share one voice, all directions apart: noise on the diagonal, the voice's variance everywhere."""
    return sum(
        multivariate_normal.logpdf(x[members, d] - channel[d], np.zeros(len(members)), np.diag(variance[members]) + VOICE[d])
        for d in range(D))


def merge(channel, least):
    clusters = [[t] for t in range(T)]
    while len(clusters) > 1:
        ratios = {(i, j): likelihood(clusters[i] + clusters[j], channel) - likelihood(clusters[i], channel) - likelihood(clusters[j], channel)
                  for i in range(len(clusters)) for j in range(i + 1, len(clusters))}
        (i, j), best = max(ratios.items(), key=lambda r: r[1])
        if best < least:
            break
        clusters[i] += clusters.pop(j)
    return clusters


for least in (0.0, 2.0):
    clusters = merge(START * (seconds @ x) / seconds.sum(), least)
    evidence = np.array([(1 / variance[c]).sum() for c in clusters])
    means = np.array([(x[c] / variance[c][:, None]).sum(0) for c in clusters]) / evidence[:, None]
    weight = 1 / (VOICE[None] + 1 / evidence[:, None])
    clusters = merge((weight * means).sum(0) / (1 / CHANNEL + weight.sum(0)), least)
    labels = np.zeros(T, int)
    for k, c in enumerate(sorted(clusters, key=min)):
        labels[c] = k
    print(least, labels.tolist())

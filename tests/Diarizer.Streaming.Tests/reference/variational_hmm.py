#!/usr/bin/env python3
"""Five rounds of variational Bayes on the windows of VariationalHmmTests, in matrices and logarithms: prints the posteriors of every tenth window."""
import numpy as np
from scipy.special import logsumexp

T, D, K, ROUNDS = 30, 8, 3, 5
VOICE, CHANNEL = 0.05 + 0.02 * np.arange(D), 0.03 + 0.01 * np.arange(D)
NOISE, EVIDENCE, STAY = 0.06, 0.2, 0.6

voice = np.array([0] * 10 + [1] * 8 + [0] * 7 + [1] * 5)
x = np.array([[np.sin(2.1 * d + 3 * v) + 0.6 * np.sin(1.7 * t * (d + 1)) for d in range(D)] for t, v in enumerate(voice)])
x = (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32).astype(np.float64)
seconds = np.array([1.5 if t % 4 else 0.6 for t in range(T)])
centres = 0.5 * np.arange(T) + 2.0 * (np.arange(T) >= 18)
guess = np.array([t // 3 % K for t in range(T)])

q = np.full((T, K), 0.1 / K)
q[np.arange(T), guess] += 0.9
pi = np.full(K, 1 / K)
tau = EVIDENCE * seconds / NOISE
stay = np.concatenate([[0], STAY ** (np.diff(centres) / 0.25)])
for _ in range(ROUNDS):
    weights = q * tau[:, None]
    evidence, sums = weights.sum(0), weights.T @ x
    share = 1 / (VOICE[None] + 1 / evidence[:, None])
    channel = (share * sums / evidence[:, None]).sum(0) / (1 / CHANNEL + share.sum(0))
    precision = 1 / VOICE[None] + evidence[:, None]
    mean = (channel / VOICE + sums) / precision
    logs = -0.5 * tau[:, None] * (((x[:, None] - mean[None]) ** 2).sum(2) + (1 / precision).sum(1))
    forward, backward = np.zeros((T, K)), np.zeros((T, K))
    step = [None] + [np.log(stay[t] * np.eye(K) + (1 - stay[t]) * pi[None]) for t in range(1, T)]
    forward[0] = np.log(pi) + logs[0]
    for t in range(1, T):
        forward[t] = logs[t] + logsumexp(forward[t - 1][:, None] + step[t], axis=0)
    for t in range(T - 2, -1, -1):
        backward[t] = logsumexp(step[t + 1] + (logs[t + 1] + backward[t + 1])[None], axis=1)
    total = logsumexp(forward[-1])
    q = np.exp(forward + backward - total)
    entries = q[0].copy()
    for t in range(1, T):
        entries += np.exp(logsumexp(forward[t - 1]) + np.log((1 - stay[t]) * pi) + logs[t] + backward[t] - total)
    pi = entries / entries.sum()
for t in range(0, T, 5):
    print("[" + ", ".join(f"{p:.6f}" for p in q[t]) + "]")

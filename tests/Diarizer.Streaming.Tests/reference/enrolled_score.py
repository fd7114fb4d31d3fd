"""Score of an embedding with an enrolled voice, by numerical integration over the session's channel: the numbers of VoicePriorTests."""
import numpy as np

VOICE, CHANNEL, NOISE, ENROLLED_CHANNEL, SHARE = 0.5, 0.4, 0.6, 0.2, 0.45
D = 2


def normal(x, mean, variance):
    return np.exp(-(x - mean) ** 2 / (2 * variance)) / np.sqrt(2 * np.pi * variance)


def voice_given(observations):
    """Mean and variance of a voice from (value, variance) pairs, by conditioning the joint Gaussian; one dimension, variances per dimension."""
    variances = np.array([v for _, v in observations])
    values = np.array([o for o, _ in observations])
    prior = VOICE / D
    joint = prior * np.ones((len(values), len(values))) + np.diag(variances)
    gain = prior * np.linalg.solve(joint, np.ones(len(values)))
    return gain @ values, prior - gain @ (prior * np.ones(len(values)))


def score(x, seconds, enrolled, session, centre, centre_variance):
    """enrolled: [(mean, seconds)] of each recording; session: (mean, seconds) or None."""
    total = 0.0
    for d in range(D):
        channel = np.linspace(-8, 8, 400001)
        prior = normal(channel, centre[d], centre_variance / D)
        step = channel[1] - channel[0]
        known = [(m[d], ENROLLED_CHANNEL / D + NOISE / D / s) for m, s in enrolled]
        if session is None:
            mean, variance = voice_given(known)
            mean = np.full_like(channel, mean)
        else:
            # Linear in the channel: two points give the line.
            at = lambda c: voice_given(known + [(session[0][d] - c, NOISE / D / session[1])])
            (zero, variance), (one, _) = at(0.0), at(1.0)
            mean = zero + (one - zero) * channel
        noise = NOISE / D / seconds
        same = np.sum(prior * normal(x[d], channel + mean, noise + variance)) * step
        other = np.sum(prior * normal(x[d], channel, noise + VOICE / D)) * step
        total += 2 * np.log(same / other) / D
    return total


E1 = ((0.8, 0.1), 4.0)
E2 = ((0.7, -0.2), 2.0)
X = (0.6, 0.3)
print("one recording, not heard yet ", round(score(X, 1.5, [E1], None, (0, 0), CHANNEL), 6))
print("two recordings, not heard yet", round(score(X, 1.5, [E1, E2], None, (0, 0), CHANNEL), 6))
# Heard for 3 s with the mean (0.5, 0.4); the channel's posterior from that voice alone.
mean, heard = np.array((0.5, 0.4)), 3.0
m, v = zip(*[voice_given([(E1[0][d], ENROLLED_CHANNEL / D + NOISE / D / E1[1])]) for d in range(D)])
own = 1 / (np.array(v) * D + NOISE / heard)
centre = own * (mean - np.array(m)) / (1 / CHANNEL + own)
variance = float(1 / (1 / CHANNEL + own[0]))
print("one recording, heard         ", round(score(X, 1.5, [E1], (mean, heard), centre, variance), 6))

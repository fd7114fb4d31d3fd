#!/usr/bin/env python3
"""SciPy's linkage of the points in AgglomerativeClusteringTests: prints merges and cuts for each linkage."""
import numpy as np
from scipy.cluster.hierarchy import cut_tree, linkage
from scipy.spatial.distance import pdist

# Twelve vectors that any language can make: no two distances are equal.
points = np.array([[np.sin(1.3 * i + 0.7 * d * d) + 0.2 * np.cos(i * d) for d in range(4)] for i in range(12)], dtype=np.float32)
for method in ("complete", "average"):
    tree = linkage(pdist(points.astype(np.float64), "cosine"), method)
    print(method)
    print("  merges:", ", ".join(f"({int(min(a, b))}, {int(max(a, b))}, {d:.6f}, {int(n)})" for a, b, d, n in tree))
    for clusters in (3, 5):
        print(f"  {clusters} clusters:", ", ".join(str(c) for c in cut_tree(tree, clusters)[:, 0]))

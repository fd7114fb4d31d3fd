"""Runs exported ONNX models beside the network that they come from: bench/onnx_parity.py MODEL.safetensors...

Exports each model (`diarizer-train export --onnx`), checks the file with the onnx package where that is installed, runs it on random features with
ONNX Runtime, or with OpenCV where that is missing, and compares with `diarizer-train forward`. Fails above a difference of 1e-4.
"""
import json
import pathlib
import sys
import tempfile

import numpy as np

from common import TRAINER, note, quiet

LIMIT = 1e-4


def checked(path):
    """What the onnx package says about the file: its operators are used as they are defined, and shapes fit."""
    try:
        import onnx
    except ImportError:
        note("the onnx package is missing; the file is not checked by it.")
        return "not checked"
    model = onnx.load(str(path))
    onnx.checker.check_model(model, full_check=True)
    return f"onnx {onnx.__version__}: valid, {len(model.graph.node)} nodes"


def runner(path, shape):
    """The name of a runtime, and a function from features [N, bins, frames] to embeddings; shape is (bins, frames)."""
    try:
        import onnxruntime
    except ImportError:
        pass
    else:
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        return f"ONNX Runtime {onnxruntime.__version__}", lambda x: session.run(None, {"features": x})[0]
    try:
        import cv2
    except ImportError:
        sys.exit("Neither onnxruntime nor cv2 can be imported; install one of them: pip install onnxruntime, or opencv-python with onnx.")
    network = cv2.dnn.readNetFromONNX(str(fixed(path, shape)))

    def run(x):
        outputs = []
        for example in x:
            network.setInput(example[None, None])
            outputs.append(network.forward().copy())
        return np.concatenate(outputs)

    return f"OpenCV {cv2.__version__}, one by one", run


def fixed(path, shape):
    """The model as OpenCV wants it: for single inputs of one length, and of four dimensions, since it takes the last of three for channels."""
    import onnx
    model = onnx.load(str(path))
    graph, node = model.graph, onnx.helper.make_node
    features = graph.input[0]
    graph.node.insert(0, node("Squeeze", ["picture"], [features.name], axes=[1]))
    features.CopyFrom(onnx.helper.make_tensor_value_info("picture", onnx.TensorProto.FLOAT, [1, 1, *shape]))
    graph.output[0].type.tensor_type.shape.dim[0].dim_value = 1
    nodes = []
    for n in folded(model):
        if n.op_type != "Pad":
            nodes.append(n)
            continue
        margin = onnx.helper.get_attribute_value(n.attribute[1])[2]
        nodes += [
            node("Unsqueeze", n.input, [n.name + "_in"], axes=[2]),
            node("Pad", [n.name + "_in"], [n.name + "_out"], mode="reflect", pads=[0, 0, 0, margin, 0, 0, 0, margin]),
            node("Squeeze", [n.name + "_out"], n.output, axes=[2]),
        ]
    del graph.node[:]
    graph.node.extend(nodes)
    target = path.with_suffix(".fixed.onnx")
    onnx.save(model, str(target))
    return target


def folded(model):
    """The nodes that are left when what depends on shapes alone is computed; its results become constants of the model."""
    import onnx
    import onnx.numpy_helper
    shapes = {v.name: [d.dim_value for d in v.type.tensor_type.shape.dim] for v in onnx.shape_inference.infer_shapes(model).graph.value_info}
    known = {i.name: onnx.numpy_helper.to_array(i) for i in model.graph.initializer}
    compute = {"Gather": lambda x, i: x[i], "Cast": np.float32, "Sub": np.subtract, "Div": np.divide}
    kept = []
    for n in model.graph.node:
        if n.op_type == "Shape":
            known[n.output[0]] = np.array(shapes[n.input[0]])
        elif n.op_type in compute and all(name in known for name in n.input):
            value = np.asarray(compute[n.op_type](*[known[name] for name in n.input]))
            known[n.output[0]] = value
            model.graph.initializer.append(onnx.numpy_helper.from_array(value.reshape(()), n.output[0]))
        else:
            kept.append(n)
    return kept


def compare(model, work):
    quiet([TRAINER, "export", model, "--onnx", "--out", work])
    path = work / f"{pathlib.Path(model).stem}.onnx"
    print(f"{path.name}: {checked(path)}", flush=True)
    worst = 0.0
    for batch, frames in ((1, 200), (3, 131)):
        features = np.random.default_rng(frames).standard_normal((batch, frames, bins(model))).astype(np.float32)
        np.save(work / "features.npy", features)
        quiet([TRAINER, "forward", "--model", model, "--features", work / "features.npy", "--out", work / "outputs.npy"])
        expected = np.load(work / "outputs.npy")
        name, run = runner(path, (features.shape[2], frames))
        given = run(np.ascontiguousarray(features.transpose(0, 2, 1)))
        difference = np.abs(given - expected).max()
        print(f"{path.name}\t{name}\tbatch {batch}, {frames} frames\tdifference {difference:.0e}\tlargest value {np.abs(expected).max():.2f}", flush=True)
        worst = max(worst, difference)
    return worst


def bins(model):
    card = json.loads(pathlib.Path(model).with_suffix(".json").read_text())
    return card["spectrogram"]["dftSize"] // 2 + 1 if card.get("spectrogram") else card["frontEnd"]["melBins"]


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as temporary:
        worst = max(compare(model, pathlib.Path(temporary)) for model in sys.argv[1:])
    if worst > LIMIT:
        sys.exit(f"The largest difference is {worst:.1e}, above {LIMIT:.0e}.")


if __name__ == "__main__":
    main()

package org.saminversion.inversion.checkpoint;

import java.util.Optional;
import org.saminversion.inversion.checkpoint.PickleValue.Dictionary;
import org.saminversion.inversion.checkpoint.PickleValue.Instance;
import org.saminversion.inversion.checkpoint.PickleValue.Tuple;

/** What NVIDIA's two families of pickles look like. Source: spec formats.md sections a and b. */
final class NvidiaPickles {
    private static final String PERSISTENT = "torch_utils.persistence._reconstruct_persistent_obj";
    private static final String TENSORFLOW_NETWORK = "dnnlib.tflib.network.Network";

    private NvidiaPickles() {}

    /** The averaged generator of a StyleGAN2-ADA or StyleGAN3 pickle, or its only network. */
    static Optional<PickleValue> torchGenerator(PickleValue root) {
        if (root instanceof Instance && isPersistent(root)) {
            return Optional.of(root);
        }
        if (root instanceof Dictionary networks) {
            return networks.get("G_ema")
                    .filter(NvidiaPickles::isPersistent)
                    .or(() -> networks.get("G").filter(NvidiaPickles::isPersistent));
        }
        return Optional.empty();
    }

    /** The averaged generator of a TensorFlow pickle (the last of three networks), or its only network. */
    static Optional<PickleValue> tensorFlowGenerator(PickleValue root) {
        if (root instanceof Tuple networks && networks.items().size() == 3) {
            return Optional.of(networks.items().get(2)).filter(NvidiaPickles::isTensorFlowNetwork);
        }
        return Optional.of(root).filter(NvidiaPickles::isTensorFlowNetwork);
    }

    static boolean isTensorFlowNetwork(PickleValue value) {
        return value instanceof Instance instance && instance.is(TENSORFLOW_NETWORK);
    }

    private static boolean isPersistent(PickleValue value) {
        return value instanceof Instance instance && instance.is(PERSISTENT);
    }

    /** The attributes of an NVIDIA object or of a plain PyTorch module; its source text is never looked at. */
    static Optional<Dictionary> moduleState(Instance instance) {
        if (isPersistent(instance)
                && !instance.arguments().isEmpty()
                && instance.arguments().get(0) instanceof Dictionary description) {
            return description.get("state").filter(Dictionary.class::isInstance).map(Dictionary.class::cast);
        }
        if (instance.state() instanceof Dictionary state
                && state.get("_parameters").isPresent()) {
            return Optional.of(state);
        }
        return Optional.empty();
    }

    /** A NumPy scalar as text. */
    static String number(StoredTensor scalar) {
        return switch (scalar.type()) {
            case FLOAT32, FLOAT64 -> Double.toString(scalar.load().toDoubles()[0]);
            case INT64 -> Long.toString(scalar.load().bytes().getLong(0));
            default -> Integer.toString(scalar.load().toInts()[0]);
        };
    }
}

package org.saminversion.inversion.segment;

import java.nio.file.Path;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.bundle.SegmenterDescription;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.RgbImage;

/** The segmenter that a bundle names, ready to use until it is closed. */
public final class BundleSegmenter implements Segmenter, AutoCloseable {
    private final Segmenter segmenter;
    private final Runnable closing;

    private BundleSegmenter(Segmenter segmenter, Runnable closing) {
        this.segmenter = segmenter;
        this.closing = closing;
    }

    /** @throws JobFailure.Rejected of kind {@code bundle-invalid} if the bundle's network cannot be used */
    public static BundleSegmenter open(ModelBundle bundle, RuntimeOptions options) {
        SegmenterDescription description = bundle.description().segmenter();
        if (description instanceof SegmenterDescription.Semantic semantic) {
            Path file = bundle.file(semantic.file());
            if (semantic.network() == SegmenterDescription.Semantic.Network.ONNX) {
                OnnxNetwork network = OnnxNetwork.open(file, options);
                return new BundleSegmenter(new SemanticSegmenter(semantic, network), network::close);
            }
            ImportedNetwork network = ImportedNetwork.open(semantic, file, options);
            return new BundleSegmenter(new SemanticSegmenter(semantic, network), network::close);
        }
        SegmenterDescription.Graph graph = (SegmenterDescription.Graph) description;
        return new BundleSegmenter(new GraphSegmenter(graph), () -> {});
    }

    @Override
    public int[] segment(RgbImage image) {
        return segmenter.segment(image);
    }

    @Override
    public void close() {
        closing.run();
    }
}

package org.saminversion.inversion.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.inversion.bundle.BundleFolder;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.bundle.BundleWriter;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.bundle.SegmenterDescription;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.RgbImage;

class BundleSegmenterTest {
    private static final RuntimeOptions ONE_THREAD = RuntimeOptions.withThreads(1);
    private static final RgbImage RED_GREEN = new RgbImage(2, 1, new byte[] {-1, 0, 0, 0, -1, 0});

    @TempDir
    Path folder;

    @Test
    void aBundleWithoutNetworkCutsByGraph() {
        ModelBundle bundle = BundleReader.open(BundleFolder.create(folder, "tiny"));
        try (BundleSegmenter segmenter = BundleSegmenter.open(bundle, ONE_THREAD)) {
            assertEquals(8 * 8, segmenter.segment(new RgbImage(8, 8, new byte[192])).length);
        }
    }

    @Test
    void aBundlesNetworkNamesTheSegments() throws IOException {
        // The network hands its input on: the strongest colour is the label.
        try (BundleSegmenter segmenter = BundleSegmenter.open(bundleWith(identity()), ONE_THREAD)) {
            assertArrayEquals(new int[] {0, 1}, segmenter.segment(RED_GREEN));
        }
    }

    @Test
    void aNetworkThatIsNoneIsRefused() throws IOException {
        ModelBundle bundle = bundleWith(new byte[] {1, 2, 3});
        JobFailure.Rejected failure =
                assertThrows(JobFailure.Rejected.class, () -> BundleSegmenter.open(bundle, ONE_THREAD));
        assertEquals("bundle-invalid", failure.kind());
    }

    private ModelBundle bundleWith(byte[] network) throws IOException {
        Path bundle = BundleFolder.create(folder, "tiny");
        Files.write(bundle.resolve("segments.onnx"), network);
        return BundleWriter.write(
                bundle,
                BundleFolder.description("tiny")
                        .withSegmenter(new SegmenterDescription.Semantic(
                                SegmenterDescription.Semantic.Network.ONNX,
                                "segments.onnx",
                                2,
                                1,
                                List.of(0.0, 0.0, 0.0),
                                List.of(1.0, 1.0, 1.0),
                                new TreeMap<>())));
    }

    private static byte[] identity() {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(GraphProto.newBuilder()
                        .setName("identity")
                        .addInput(picture("image"))
                        .addNode(NodeProto.newBuilder()
                                .setOpType("Identity")
                                .addInput("image")
                                .addOutput("scores"))
                        .addOutput(picture("scores")))
                .build()
                .toByteArray();
    }

    private static ValueInfoProto picture(String name) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long size : new long[] {1, 3, 1, 2}) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                                .setShape(shape)))
                .build();
    }
}

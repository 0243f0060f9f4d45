package org.saminversion.inversion.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.SegmenterDescription;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.NpzFile;
import org.saminversion.inversion.image.RgbImage;

class SegmenterTest {
    private static final Segmenter GRAPH = new GraphSegmenter(SegmenterDescription.Graph.DEFAULT);

    /** A bright disc and a grey square on a dark ground, with a little noise. */
    private static RgbImage scene(int side) {
        Random random = new Random(3);
        byte[] pixels = new byte[3 * side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double dx = (x + 0.5) / side - 0.3;
                double dy = (y + 0.5) / side - 0.3;
                boolean square = x > 0.6 * side && x < 0.9 * side && y > 0.5 * side && y < 0.9 * side;
                int level = dx * dx + dy * dy < 0.04 ? 220 : square ? 120 : 30;
                Arrays.fill(pixels, 3 * (y * side + x), 3 * (y * side + x) + 3, (byte) (level + random.nextInt(5)));
            }
        }
        return new RgbImage(side, side, pixels);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256})
    void thingsBecomeSegmentsAtAnySize(int side) {
        int[] labels = GRAPH.segment(scene(side));
        int disc = labels[(int) (0.3 * side) * side + (int) (0.3 * side)];
        int square = labels[(int) (0.7 * side) * side + (int) (0.75 * side)];
        int ground = labels[side * side - 1];
        assertNotEquals(disc, square);
        assertNotEquals(disc, ground);
        assertNotEquals(square, ground);
        assertEquals(ground, labels[side - 1], "the ground is one");
        long count = Arrays.stream(labels).distinct().count();
        assertTrue(count >= 3 && count <= 8, count + " segments");
    }

    @Test
    void thePixelsOfNoSegmentAreTooFew() {
        RgbImage image = noise(64);
        int[] labels = GRAPH.segment(image);
        int[] counts = new int[64 * 64];
        Arrays.stream(labels).forEach(label -> counts[label]++);
        for (int count : counts) {
            assertTrue(count == 0 || count >= 0.01 * 64 * 64, count + " pixels");
        }
    }

    @Test
    void theSamePictureGivesTheSameSegments() {
        assertArrayEquals(GRAPH.segment(noise(64)), GRAPH.segment(noise(64)));
    }

    @Test
    void tinyAndFlatPicturesAreOneSegment() {
        assertArrayEquals(new int[] {0}, GRAPH.segment(new RgbImage(1, 1, new byte[3])));
        assertArrayEquals(new int[5], GRAPH.segment(new RgbImage(1, 5, new byte[15])));
        assertEquals(
                1,
                Arrays.stream(GRAPH.segment(new RgbImage(20, 10, new byte[600])))
                        .distinct()
                        .count());
    }

    @Test
    void facesFallIntoAHandfulOfSegments() {
        Path faces = Path.of(System.getProperty("sam.shared", ""), "data", "faces-dev.npz");
        Assumptions.assumeTrue(!System.getProperty("sam.shared", "").isEmpty() && Files.exists(faces));
        try (NpzFile file = NpzFile.open(faces)) {
            int[] levels = file.tensor("images").toInts();
            double sum = 0;
            for (int face = 0; face < 40; face++) {
                byte[] pixels = new byte[3 * 4096];
                for (int i = 0; i < 4096; i++) {
                    Arrays.fill(pixels, 3 * i, 3 * i + 3, (byte) levels[face * 4096 + i]);
                }
                long count = Arrays.stream(GRAPH.segment(new RgbImage(64, 64, pixels)))
                        .distinct()
                        .count();
                assertTrue(count >= 5 && count <= 25, "face " + face + " has " + count + " segments");
                sum += count;
            }
            assertTrue(sum / 40 > 8 && sum / 40 < 15, "mean " + sum / 40);
        }
    }

    private static RgbImage noise(int side) {
        byte[] pixels = new byte[3 * side * side];
        new Random(8).nextBytes(pixels);
        return new RgbImage(side, side, pixels);
    }

    private static SegmenterDescription.Semantic semantic(Map<Integer, Integer> fusion) {
        return new SegmenterDescription.Semantic(
                SegmenterDescription.Semantic.Network.ONNX,
                "segments.onnx",
                4,
                2,
                List.of(0.5, 0.0, 0.0),
                List.of(0.25, 1.0, 1.0),
                new TreeMap<>(fusion));
    }

    @Test
    void theBestScoreWinsAndFusedLabelsCountAsOne() {
        // Label 0 on the left, label 2 on the right, label 1 never.
        Tensor scores = Tensor.of(Shape.of(1, 3, 1, 2), 5f, 0, -1, -1, 0, 7);
        RgbImage image = new RgbImage(4, 2, new byte[24]);
        int[] labels = new SemanticSegmenter(semantic(Map.of()), input -> scores).segment(image);
        assertArrayEquals(new int[] {0, 0, 2, 2, 0, 0, 2, 2}, labels);
        int[] fused = new SemanticSegmenter(semantic(Map.of(2, 9)), input -> scores).segment(image);
        assertArrayEquals(new int[] {0, 0, 9, 9, 0, 0, 9, 9}, fused);
    }

    @Test
    void theNetworkSeesTheNormalisedPictureAtItsOwnSize() {
        byte[] red = new byte[3 * 16 * 8];
        for (int i = 0; i < red.length; i += 3) {
            red[i] = (byte) 255;
        }
        Tensor[] seen = new Tensor[1];
        new SemanticSegmenter(semantic(Map.of()), input -> {
                    seen[0] = input;
                    return Tensor.zeros(Shape.of(1, 1, 2, 2));
                })
                .segment(new RgbImage(16, 8, red));
        assertEquals(Shape.of(1, 3, 2, 4), seen[0].shape());
        assertEquals(2f, seen[0].toFloats()[0]);
        assertEquals(0f, seen[0].toFloats()[8]);
    }

    @Test
    void aNetworkOfAnotherKindIsRefused() {
        Segmenter segmenter = new SemanticSegmenter(semantic(Map.of()), input -> Tensor.zeros(Shape.of(1, 7)));
        JobFailure.Rejected failure =
                assertThrows(JobFailure.Rejected.class, () -> segmenter.segment(new RgbImage(4, 2, new byte[24])));
        assertTrue(failure.getMessage().contains("segments.onnx gives [1,7]"), failure.getMessage());
    }
}

package org.saminversion.inversion.network.segmentation;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which labels of a segmenter SAM counts as another one; labels count from 0 (spec networks.md 7). */
public final class LabelFusions {
    /** ADE20K, cars: road and earth as floor, water as river, van and truck as car, field as grass. */
    public static final Map<Integer, Integer> ADE20K_CARS = Map.of(6, 3, 13, 3, 21, 60, 102, 20, 83, 20, 29, 9);

    private static final int FACE = 3;
    private static final Set<Integer> FACE_PARTS = Set.of(1, 2, 4, 5, 7, 8, 10, 11, 12, 13, 14);

    /** CelebAMask-HQ: skin and the parts of the face as one; glasses, jewellery, clothes, hair and hat stay apart. */
    public static final Map<Integer, Integer> CELEBAMASK_FACES =
            FACE_PARTS.stream().collect(Collectors.toUnmodifiableMap(part -> part, part -> FACE));

    private LabelFusions() {}

    /** The labels with those of {@code fusion} replaced. */
    public static int[] fused(int[] labels, Map<Integer, Integer> fusion) {
        return java.util.Arrays.stream(labels)
                .map(label -> fusion.getOrDefault(label, label))
                .toArray();
    }
}

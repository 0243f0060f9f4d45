package org.saminversion.inversion.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.image.NamedPicture;
import org.saminversion.inversion.image.NamedPictures;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.image.RgbImage;

/** What a training sees, and in which order. */
class TrainingDataTest {
    private static RgbImage plain(int side, int level) {
        byte[] pixels = new byte[3 * side * side];
        Arrays.fill(pixels, (byte) level);
        return new RgbImage(side, side, pixels);
    }

    @Test
    void imagesOfAnySizeAreFittedAndUnreadableOnesListed(@TempDir Path folder) throws IOException {
        Files.write(folder.resolve("a.png"), PngWriter.toBytes(plain(16, 10)));
        Files.write(folder.resolve("b.png"), new byte[] {1, 2, 3});
        Files.write(folder.resolve("c.png"), PngWriter.toBytes(plain(40, 20)));
        TrainingImages read = TrainingImages.read(NamedPictures.of(List.of(folder), 100), ImageLayout.square(16));
        assertEquals(List.of(plain(16, 10), plain(16, 20)), read.images());
        assertEquals(1, read.skipped().size());
        assertTrue(read.skipped().get(0).label().endsWith("b.png"));
        JobFailure.Rejected few = assertThrows(JobFailure.Rejected.class, () -> read.requireAtLeast(3));
        assertTrue(few.getMessage().contains("2 readable images (1 could not be read)"), few.getMessage());
    }

    @Test
    void picturesBeyondTheMemoryAreReadAgainAndAreTheSame() {
        AtomicInteger reads = new AtomicInteger();
        List<NamedPicture> pictures = IntStream.range(0, 4)
                .mapToObj(i -> new NamedPicture("p" + i, "p" + i, () -> {
                    reads.incrementAndGet();
                    return plain(16, i);
                }))
                .toList();
        int two = 2 * 3 * 16 * 16;
        List<RgbImage> images =
                TrainingImages.read(pictures, ImageLayout.square(16), two).images();
        assertEquals(4, reads.get());
        for (int i = 0; i < 4; i++) {
            assertEquals(plain(16, i), images.get(i));
        }
        assertEquals(6, reads.get(), "two are held");
    }

    @Test
    void copiesOfAnImageAreNeverOnBothSidesOfTheSplit() {
        for (long seed = 0; seed < 50; seed++) {
            List<RgbImage> images = new ArrayList<>();
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < 40; i++) {
                images.add(plain(2, random.nextInt(12)));
            }
            Split split = Split.of(images, 0.2, seed);
            assertEquals(40, split.training().size() + split.validation().size());
            Set<RgbImage> judging = new HashSet<>();
            split.validation().forEach(i -> judging.add(images.get(i)));
            assertTrue(judging.size() >= 1);
            split.training().forEach(i -> assertTrue(!judging.contains(images.get(i))));
        }
    }

    @Test
    void everyEpochShowsEachSampleOnceInAnOrderOfItsOwn() {
        SampleOrder order = new SampleOrder(List.of(3, 5, 8, 9, 11, 20), 7);
        List<Integer> first = IntStream.range(0, 6).mapToObj(order::at).toList();
        List<Integer> second = IntStream.range(6, 12).mapToObj(order::at).toList();
        assertEquals(Set.of(3, 5, 8, 9, 11, 20), Set.copyOf(first));
        assertEquals(Set.of(3, 5, 8, 9, 11, 20), Set.copyOf(second));
        assertNotEquals(first, second);
        assertEquals(second.get(2), new SampleOrder(List.of(3, 5, 8, 9, 11, 20), 7).at(8), "no state but the seed");
    }

    @Test
    void aFlipExchangesLeftAndRightAndABlurKeepsWhatIsEven() {
        float[] twoPlanes = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        assertArrayEquals(
                new float[] {3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10}, new Augmentation(true, 0).apply(twoPlanes, 2, 3));
        float[] even = new float[12];
        Arrays.fill(even, 5);
        assertArrayEquals(even, new Augmentation(false, 0.8).apply(even, 2, 3), 1e-6f);
        float[] blurred = new Augmentation(false, 0.8).apply(twoPlanes, 2, 3);
        assertTrue(blurred[0] > 1 && blurred[11] < 12, "nearer to their neighbours");
        assertTrue(blurred[5] < 6.01, "planes do not mix");
    }
}

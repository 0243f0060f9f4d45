package org.saminversion.inversion.training;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.saminversion.inversion.image.RgbImage;

/**
 * Which images train and which only judge. The side is chosen by a hash of the pixels: copies of an image are on one side.
 *
 * @param training indices into the images
 * @param validation likewise; disjoint
 */
public record Split(List<Integer> training, List<Integer> validation) {
    private record Hashed(int index, byte[] hash) {}

    /** @param share of the images that judge, in (0,1); at least one does and one trains */
    public static Split of(List<RgbImage> images, double share, long seed) {
        List<Hashed> all = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            all.add(new Hashed(i, hash(images.get(i), seed)));
        }
        all.sort(Comparator.comparing(Hashed::hash, Arrays::compareUnsigned));
        int judges = (int) Math.max(1, Math.min(images.size() - 1L, Math.round(share * images.size())));
        while (judges < images.size() - 1
                && Arrays.equals(all.get(judges).hash(), all.get(judges - 1).hash())) {
            judges++;
        }
        return new Split(
                all.subList(judges, all.size()).stream().map(Hashed::index).toList(),
                all.subList(0, judges).stream().map(Hashed::index).toList());
    }

    private static byte[] hash(RgbImage image, long seed) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
            return digest.digest(image.pixels());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

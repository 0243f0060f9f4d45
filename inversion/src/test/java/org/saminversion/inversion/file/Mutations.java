package org.saminversion.inversion.file;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Damages bytes the way bad disks, cut transfers and attackers do. */
public final class Mutations {
    private static final long[] EXTREMES = {
        0, 1, -1, 0x7f, 0x80, 0xff, 0x7fffffffL, 0x80000000L, Long.MAX_VALUE, 1L << 40
    };

    private Mutations() {}

    /** One to four random damages; the original is left alone. */
    public static byte[] mutate(byte[] original, RandomGenerator random) {
        byte[] bytes = original.clone();
        int damages = 1 + random.nextInt(4);
        for (int i = 0; i < damages && bytes.length > 0; i++) {
            bytes = damage(bytes, random);
        }
        return bytes;
    }

    private static byte[] damage(byte[] bytes, RandomGenerator random) {
        // Headers and tables lie at the ends of files: most damage goes there.
        int window = Math.min(bytes.length, random.nextInt(3) == 0 ? bytes.length : 1 + random.nextInt(4096));
        int at = random.nextInt(4) == 0 ? bytes.length - 1 - random.nextInt(window) : random.nextInt(window);
        switch (random.nextInt(7)) {
            case 0:
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                return bytes;
            case 1:
                bytes[at] = (byte) random.nextInt(256);
                return bytes;
            case 2:
                return Arrays.copyOf(bytes, at);
            case 3: {
                long extreme = EXTREMES[random.nextInt(EXTREMES.length)];
                int width = 1 << random.nextInt(4);
                for (int i = 0; i < width && at + i < bytes.length; i++) {
                    bytes[at + i] = (byte) (extreme >>> 8 * i);
                }
                return bytes;
            }
            case 4: {
                int length = Math.min(1 + random.nextInt(64), bytes.length - at);
                byte[] shorter = Arrays.copyOf(bytes, bytes.length - length);
                System.arraycopy(bytes, at + length, shorter, at, bytes.length - at - length);
                return shorter;
            }
            case 5: {
                int length = Math.min(1 + random.nextInt(64), bytes.length - at);
                byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
                System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
                return longer;
            }
            default: {
                int from = random.nextInt(bytes.length);
                int length = Math.min(1 + random.nextInt(32), bytes.length - Math.max(from, at));
                System.arraycopy(bytes, from, bytes, at, length);
                return bytes;
            }
        }
    }
}

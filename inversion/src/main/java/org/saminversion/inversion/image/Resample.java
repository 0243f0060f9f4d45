package org.saminversion.inversion.image;

import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/**
 * Changes the size of pictures and of planes of numbers.
 *
 * <p>Lanczos is that of Pillow, bit for bit on 8-bit pictures (spec baselines.md 7.2): separable, antialiased, the
 * horizontal pass first, rounded after each pass. The targets and masks of the released SAM code are made with it.
 */
public final class Resample {
    private static final int FRACTION_BITS = 22;

    private Resample() {}

    /** Pillow's {@code resize((width, height), LANCZOS)} of an RGB picture. The same picture if it has that size already. */
    public static RgbImage lanczos(RgbImage image, int width, int height) {
        RgbImage wide = image.width() == width ? image : lanczosHorizontally(image, width);
        return wide.height() == height ? wide : transpose(lanczosHorizontally(transpose(wide), height));
    }

    private static RgbImage lanczosHorizontally(RgbImage image, int width) {
        int[][] weights = new int[width][];
        LanczosWindow[] windows = LanczosWindow.all(image.width(), width);
        for (int x = 0; x < width; x++) {
            weights[x] = fixedPoint(windows[x].weights());
        }
        byte[] in = image.pixels();
        byte[] out = new byte[Math.multiplyExact(3 * width, image.height())];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < width; x++) {
                int from = 3 * (y * image.width() + windows[x].start());
                for (int channel = 0; channel < 3; channel++) {
                    int sum = 1 << FRACTION_BITS - 1;
                    for (int j = 0; j < weights[x].length; j++) {
                        sum += (in[from + 3 * j + channel] & 0xff) * weights[x][j];
                    }
                    out[3 * (y * width + x) + channel] = (byte) Math.max(0, Math.min(255, sum >> FRACTION_BITS));
                }
            }
        }
        return new RgbImage(width, image.height(), out);
    }

    /** Rounds half away from zero, as Pillow does. */
    private static int[] fixedPoint(double[] weights) {
        int[] out = new int[weights.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (int) (weights[i] * (1 << FRACTION_BITS) + (weights[i] < 0 ? -0.5 : 0.5));
        }
        return out;
    }

    private static RgbImage transpose(RgbImage image) {
        byte[] in = image.pixels();
        byte[] out = new byte[in.length];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                System.arraycopy(in, 3 * (y * image.width() + x), out, 3 * (x * image.height() + y), 3);
            }
        }
        return new RgbImage(image.height(), image.width(), out);
    }

    /**
     * Pillow's LANCZOS of a picture of mode F: sums in double precision, stored as float after each pass.
     *
     * @param plane [height*width], row by row
     * @return [heightOut*widthOut]; may pass the range of the input by the filter's ringing
     */
    public static float[] lanczos(float[] plane, int width, int height, int widthOut, int heightOut) {
        requireCount(plane, width, height);
        float[] wide = width == widthOut ? plane : lanczosHorizontally(plane, width, height, widthOut);
        return height == heightOut ? wide.clone() : lanczosVertically(wide, widthOut, height, heightOut);
    }

    private static float[] lanczosHorizontally(float[] in, int width, int height, int widthOut) {
        LanczosWindow[] windows = LanczosWindow.all(width, widthOut);
        float[] out = new float[widthOut * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < widthOut; x++) {
                double[] weights = windows[x].weights();
                double sum = 0;
                for (int j = 0; j < weights.length; j++) {
                    sum += in[y * width + windows[x].start() + j] * weights[j];
                }
                out[y * widthOut + x] = (float) sum;
            }
        }
        return out;
    }

    private static float[] lanczosVertically(float[] in, int width, int height, int heightOut) {
        LanczosWindow[] windows = LanczosWindow.all(height, heightOut);
        float[] out = new float[width * heightOut];
        for (int y = 0; y < heightOut; y++) {
            double[] weights = windows[y].weights();
            for (int x = 0; x < width; x++) {
                double sum = 0;
                for (int j = 0; j < weights.length; j++) {
                    sum += in[(windows[y].start() + j) * width + x] * weights[j];
                }
                out[y * width + x] = (float) sum;
            }
        }
        return out;
    }

    /** Bilinear interpolation between the four nearest pixel centres, without antialiasing; the plane's borders repeat. */
    public static float[] bilinear(float[] plane, int width, int height, int widthOut, int heightOut) {
        float[] out = new float[widthOut * heightOut];
        for (int y = 0; y < heightOut; y++) {
            double row = Math.max(0, Math.min(height - 1, (y + 0.5) * height / heightOut - 0.5));
            int top = (int) row;
            int bottom = Math.min(top + 1, height - 1);
            for (int x = 0; x < widthOut; x++) {
                double column = Math.max(0, Math.min(width - 1, (x + 0.5) * width / widthOut - 0.5));
                int left = (int) column;
                int right = Math.min(left + 1, width - 1);
                double above =
                        plane[top * width + left] * (1 - column + left) + plane[top * width + right] * (column - left);
                double below = plane[bottom * width + left] * (1 - column + left)
                        + plane[bottom * width + right] * (column - left);
                out[y * widthOut + x] = (float) (above * (1 - row + top) + below * (row - top));
            }
        }
        return out;
    }

    /**
     * Means over blocks of factor x factor pixels.
     *
     * @param images [N,C,H,W]
     * @return [N,C,H/factor,W/factor]
     * @throws IllegalArgumentException if the factor does not divide height and width
     */
    public static Tensor areaMean(Tensor images, int factor) {
        Shape shape = images.shape();
        int height = shape.size(2);
        int width = shape.size(3);
        if (factor < 1 || height % factor != 0 || width % factor != 0) {
            throw new IllegalArgumentException("blocks of " + factor + " pixels do not divide images of " + shape);
        }
        if (factor == 1) {
            return images;
        }
        int widthOut = width / factor;
        int rowsOut = shape.size(0) * shape.size(1) * height / factor;
        float[] in = images.toFloats();
        float[] out = new float[rowsOut * widthOut];
        for (int row = 0; row < rowsOut; row++) {
            for (int x = 0; x < widthOut; x++) {
                double sum = 0;
                for (int dy = 0; dy < factor; dy++) {
                    for (int dx = 0; dx < factor; dx++) {
                        sum += in[(row * factor + dy) * width + x * factor + dx];
                    }
                }
                out[row * widthOut + x] = (float) (sum / (factor * factor));
            }
        }
        return Tensor.of(Shape.of(shape.size(0), shape.size(1), height / factor, widthOut), out);
    }

    /** Every pixel becomes a crisp block of factor x factor pixels: for looking at small pictures. */
    public static RgbImage enlarge(RgbImage image, int factor) {
        if (factor < 1) {
            throw new IllegalArgumentException("the factor is at least 1, not " + factor);
        }
        int width = Math.multiplyExact(image.width(), factor);
        int height = Math.multiplyExact(image.height(), factor);
        byte[] out = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = 3 * (y / factor * image.width() + x / factor);
                System.arraycopy(image.pixels(), from, out, 3 * (y * width + x), 3);
            }
        }
        return new RgbImage(width, height, out);
    }

    private static void requireCount(float[] plane, int width, int height) {
        if (width < 1 || height < 1 || plane.length != width * height) {
            throw new IllegalArgumentException(
                    "a plane of " + width + " x " + height + " cannot have " + plane.length + " values");
        }
    }
}

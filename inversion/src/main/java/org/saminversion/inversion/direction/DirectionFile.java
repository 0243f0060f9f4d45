package org.saminversion.inversion.direction;

import java.nio.file.Path;
import java.util.Locale;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.NpyFile;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.space.LayerRange;

/** Reads edit directions from {@code .npy} and safetensors files. */
public final class DirectionFile {
    /** The word for a direction that does not fit its generator. */
    public static final String INVALID = "direction-invalid";

    private DirectionFile() {}

    /**
     * @param file {@code .npy}; any other ending is read as safetensors
     * @param tensor its name in a safetensors file
     * @param styles L of the generator
     * @param wDim width of a style vector
     * @return [1,L,w_dim], see {@link #expand}
     * @throws JobFailure.Rejected if the file is damaged ({@code file-invalid}) or does not fit ({@code direction-invalid})
     */
    public static Tensor read(Path file, String tensor, int styles, int wDim, LayerRange layers) {
        boolean npy = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".npy");
        Tensor stored = npy ? NpyFile.read(file) : SafetensorsFile.read(file).tensor(tensor);
        try {
            return expand(stored, styles, wDim, layers);
        } catch (IllegalArgumentException e) {
            throw new JobFailure.Rejected(INVALID, file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Brings a direction to the form [1,L,w_dim], zero outside the layers. One vector is repeated for every layer.
     *
     * @param direction [w_dim], [1,w_dim], [L,w_dim] or [1,L,w_dim], FLOAT32 or FLOAT64
     * @throws IllegalArgumentException if it has another shape or type, or values that are not finite
     */
    public static Tensor expand(Tensor direction, int styles, int wDim, LayerRange layers) {
        Shape shape = direction.shape();
        int rows = rows(shape, styles, wDim);
        if (direction.type() != ElementType.FLOAT32 && direction.type() != ElementType.FLOAT64) {
            throw new IllegalArgumentException("a direction holds floating-point numbers, not " + direction.type());
        }
        float[] in = direction.toFloats();
        for (float value : in) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("the direction holds " + value + ", which is not a finite number");
            }
        }
        if (layers.end() > styles) {
            throw new IllegalArgumentException(
                    "the layers end at " + layers.end() + ", but the generator has " + styles + " styles");
        }
        float[] out = new float[styles * wDim];
        for (int style = layers.start(); style < layers.end(); style++) {
            System.arraycopy(in, rows == 1 ? 0 : style * wDim, out, style * wDim, wDim);
        }
        return Tensor.of(Shape.of(1, styles, wDim), out);
    }

    private static int rows(Shape shape, int styles, int wDim) {
        boolean widthFits = shape.rank() >= 1 && shape.size(-1) == wDim;
        int rows = shape.rank() >= 2 ? shape.size(-2) : 1;
        boolean batchOfOne = shape.rank() < 3 || shape.rank() == 3 && shape.size(0) == 1;
        if (!widthFits || !batchOfOne || rows != 1 && rows != styles) {
            throw new IllegalArgumentException("a direction for this generator has the shape [" + wDim + "] or [1,"
                    + styles + "," + wDim + "], not " + shape);
        }
        return rows;
    }
}

package org.saminversion.inversion.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.saminversion.graph.ForeignModel;
import org.saminversion.graph.ProgramException;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.bundle.ClipDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageLayout;

/** A bundle's CLIP: pictures and texts as vectors of length 1, the more alike the better they fit. */
public final class ClipNetwork implements AutoCloseable {
    private static final String TEMPLATE_PLACE = "{}";
    /** A text is the mean over such sentences, which say little beside it. */
    private static final List<String> TEMPLATES = List.of(
            "{}",
            "a photo of {}.",
            "a picture of {}.",
            "a close-up of {}.",
            "a bright photo of {}.",
            "a dark photo of {}.",
            "a blurry photo of {}.",
            "a sharp photo of {}.",
            "a small picture of {}.",
            "a large picture of {}.",
            "a good picture of {}.",
            "a photo of one {}.");

    private final ClipDescription description;
    private final ImageEncoder images;
    private final TextEncoder texts;

    private ClipNetwork(ClipDescription description, ImageEncoder images, TextEncoder texts) {
        this.description = description;
        this.images = images;
        this.texts = texts;
    }

    /** @throws JobFailure.Rejected of kind {@code bundle-invalid} if the bundle has none, or one that cannot be used */
    public static ClipNetwork open(ModelBundle bundle, RuntimeOptions runtime) {
        ClipDescription description = bundle.description()
                .clip()
                .orElseThrow(() -> new JobFailure.Rejected(
                        "bundle-invalid",
                        "the bundle " + bundle.name() + " has no CLIP: give it the encoders of one in ONNX and their"
                                + " vocabulary with sam import"));
        return open(
                description,
                bundle.file(description.imageEncoder()),
                bundle.file(description.textEncoder()),
                bundle.file(description.vocabulary()),
                runtime);
    }

    /** The same for files that are in no bundle yet. */
    public static ClipNetwork open(
            ClipDescription description, Path imageFile, Path textFile, Path vocabulary, RuntimeOptions runtime) {
        Tokenizer tokenizer = new Tokenizer(BytePairs.read(vocabulary), description.contextLength());
        ForeignModel image = model(imageFile, runtime);
        try {
            return new ClipNetwork(
                    description,
                    ImageEncoder.of(image, imageFile),
                    TextEncoder.of(model(textFile, runtime), tokenizer, textFile));
        } catch (JobFailure unusable) {
            image.close();
            throw unusable;
        }
    }

    static ForeignModel model(Path file, RuntimeOptions runtime) {
        try {
            return ForeignModel.parse(Files.readAllBytes(file), runtime);
        } catch (ProgramException refused) {
            throw invalid(file, refused);
        } catch (IOException failure) {
            throw new JobFailure.Transient("cannot read " + file + ": " + failure.getMessage(), failure);
        }
    }

    static JobFailure.Rejected invalid(Path file, String what) {
        return new JobFailure.Rejected("bundle-invalid", file + ": " + what);
    }

    static JobFailure.Rejected invalid(Path file, ProgramException refused) {
        return new JobFailure.Rejected("bundle-invalid", file + ": " + refused.getMessage(), refused);
    }

    /** Side in pixels of the pictures that it takes. */
    public int imageSide() {
        return description.imageSide();
    }

    /**
     * Pictures as vectors.
     *
     * @param prepared [N,3,S,S] as {@link ClipPictures} makes them
     */
    List<double[]> ofPictures(Tensor prepared) {
        Tensor vectors = images.run(prepared);
        double[] all = vectors.toDoubles();
        int width = vectors.shape().size(1);
        List<double[]> out = new ArrayList<>();
        for (int n = 0; n < vectors.shape().size(0); n++) {
            out.add(UnitVectors.normalised(Arrays.copyOfRange(all, n * width, (n + 1) * width)));
        }
        return out;
    }

    /**
     * Images as vectors within a graph, through the image encoder read into it, so that there are gradients. They are prepared as in
     * StyleCLIP's optimisation, and not as photographs are.
     *
     * @param image [N,3,R,R] of a generator, N as the encoder takes it
     * @return [N,E], each of length 1
     * @throws JobFailure.Rejected of kind {@code bundle-invalid} if the encoder has operators that are not known here
     */
    public Value ofImage(Value image, ImageLayout layout) {
        Value vector = images.in(ClipPictures.averaged(image, layout, imageSide()));
        return vector.divide(vector.square().sum(1).squareRoot());
    }

    /** A text as it is, as a vector. @throws JobFailure.Rejected if it is too long */
    public double[] ofSentence(String text) {
        return UnitVectors.normalised(texts.run(text));
    }

    /** What a text says, as a vector: the mean over sentences with it. @throws JobFailure.Rejected if it is too long */
    double[] ofText(String text) {
        double[] mean = new double[0];
        for (String template : TEMPLATES) {
            double[] vector = ofSentence(template.replace(TEMPLATE_PLACE, text));
            mean = mean.length == 0 ? new double[vector.length] : mean;
            for (int i = 0; i < mean.length; i++) {
                mean[i] += vector[i];
            }
        }
        return UnitVectors.normalised(mean);
    }

    /**
     * From what one text says to what another says.
     *
     * @throws JobFailure.Rejected of kind {@code parameter-out-of-range} if a text is too long, or they say the same
     */
    public double[] change(String neutral, String target) {
        double[] difference = UnitVectors.difference(ofText(target), ofText(neutral));
        if (UnitVectors.product(difference, difference) == 0) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    "'" + neutral + "' and '" + target + "' say the same, so there is no way from one to the other");
        }
        return UnitVectors.normalised(difference);
    }

    @Override
    public void close() {
        images.close();
        texts.close();
    }

    /** The output that holds embeddings: by its name, if several are there. */
    static String embeddings(ForeignModel model) {
        return model.outputs().stream()
                .filter(name -> name.endsWith("embeds") || name.endsWith("embeddings"))
                .findFirst()
                .orElse(model.outputs().get(0));
    }

    static Tensor run(ForeignModel model, Map<String, Tensor> values, Path file) {
        try {
            Tensor vectors = model.run(values, embeddings(model));
            if (vectors.shape().rank() != 2) {
                throw invalid(file, "its vectors are " + vectors + " where [N,E] is expected");
            }
            return vectors;
        } catch (ProgramException refused) {
            throw invalid(file, refused);
        }
    }

    static Shape withBatch(Shape shape, int batch) {
        int[] sizes = shape.toArray();
        sizes[0] = batch;
        return Shape.of(sizes);
    }
}

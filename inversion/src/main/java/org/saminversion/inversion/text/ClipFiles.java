package org.saminversion.inversion.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.saminversion.graph.ForeignModel;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.ClipDescription;
import org.saminversion.inversion.failure.JobFailure;

/** The three files of a CLIP, told apart by what is in them. */
public record ClipFiles(Path imageEncoder, Path textEncoder, Path vocabulary) {
    /** Where a model leaves the size open: that of most networks of the family. */
    private static final int IMAGE_SIDE = 224;

    private static final int CONTEXT_LENGTH = 77;

    /** How ONNX files begin: the version of their format, and then a field of bytes. */
    private static final int VERSION_TAG = 0x08;

    private static final int VERSION_MAX = 20;
    private static final int BEGINNING_BYTES = 9;
    private static final int BYTES_FIELD = 2;

    /** Whether a file is ONNX or a list of byte pairs. */
    public static boolean recognises(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] beginning = in.readNBytes(BEGINNING_BYTES);
            return isOnnx(beginning) || isText(beginning) && BytePairs.recognises(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean isOnnx(byte[] beginning) {
        return beginning.length == BEGINNING_BYTES
                && beginning[0] == VERSION_TAG
                && beginning[1] > 0
                && beginning[1] <= VERSION_MAX
                && (beginning[2] & 7) == BYTES_FIELD
                // A safetensors file may begin alike, but its ninth byte opens its header.
                && beginning[BEGINNING_BYTES - 1] != '{';
    }

    private static boolean isText(byte[] beginning) {
        return beginning.length == BEGINNING_BYTES
                && (beginning[0] == '#' || beginning[0] == '"' || beginning[0] == 0x1f);
    }

    /**
     * @param files all of them
     * @param refused the kind of failure
     * @throws JobFailure.Rejected if they are not one image encoder, one text encoder and one vocabulary
     */
    public static ClipFiles of(List<Path> files, String refused) {
        List<Path> images = new ArrayList<>();
        List<Path> texts = new ArrayList<>();
        List<Path> vocabularies = new ArrayList<>();
        for (Path file : files) {
            if (isVocabulary(file)) {
                vocabularies.add(file);
            } else {
                try (ForeignModel model = ClipNetwork.model(file, RuntimeOptions.withThreads(1))) {
                    boolean pictures = ImageEncoder.takesPictures(model);
                    if (!pictures && !TextEncoder.takesTokens(model)) {
                        throw new JobFailure.Rejected(
                                refused, file + ": it takes neither pictures nor token numbers: " + model.inputs());
                    }
                    (pictures ? images : texts).add(file);
                }
            }
        }
        if (images.size() != 1 || texts.size() != 1 || vocabularies.size() != 1) {
            throw new JobFailure.Rejected(
                    refused,
                    "a CLIP is an image encoder and a text encoder in ONNX and the text encoder's list of byte pairs:"
                            + " name one file of each, not " + files);
        }
        return new ClipFiles(images.get(0), texts.get(0), vocabularies.get(0));
    }

    private static boolean isVocabulary(Path file) {
        try {
            return BytePairs.recognises(Files.readAllBytes(file));
        } catch (IOException failure) {
            throw new JobFailure.Transient("cannot read " + file + ": " + failure.getMessage(), failure);
        }
    }

    /**
     * What a bundle says about them, after they were tried.
     *
     * <p>The names are those of the files in the bundle.
     *
     * @throws JobFailure.Rejected if they do not work, or not together
     */
    public ClipDescription tried(String imageName, String textName, String vocabularyName) {
        RuntimeOptions runtime = RuntimeOptions.standard();
        int side;
        int length;
        try (ForeignModel images = ClipNetwork.model(imageEncoder, runtime);
                ForeignModel texts = ClipNetwork.model(textEncoder, runtime)) {
            side = size(images, 2, IMAGE_SIDE);
            length = size(texts, 1, CONTEXT_LENGTH);
        }
        ClipDescription description =
                new ClipDescription(imageName, textName, vocabularyName, side, length, Optional.empty());
        try (ClipNetwork network = ClipNetwork.open(description, imageEncoder, textEncoder, vocabulary, runtime)) {
            int ofPictures =
                    network.ofPictures(Tensor.zeros(Shape.of(1, 3, side, side))).get(0).length;
            int ofTexts = network.ofSentence("a").length;
            if (ofPictures != ofTexts) {
                throw new JobFailure.Rejected(
                        "bundle-invalid",
                        imageEncoder + " gives vectors of " + ofPictures + " numbers and " + textEncoder + " of "
                                + ofTexts + ": they are not of one CLIP");
            }
        }
        return description;
    }

    private static int size(ForeignModel model, int axis, int otherwise) {
        int size = model.inputs().values().iterator().next().sizes().get(axis);
        return size > 0 ? size : otherwise;
    }
}

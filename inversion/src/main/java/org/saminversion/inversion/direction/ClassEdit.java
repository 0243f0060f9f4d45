package org.saminversion.inversion.direction;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.saminversion.inversion.bundle.GeneratorDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.network.biggan.BigGanWeights;
import org.saminversion.inversion.space.LayerRange;

/**
 * Turns what a photograph shows into another class of BigGAN: the class embedding goes to that of the class, at strength 1 all the
 * way. Segments in a feature space change only in the layers after it, as with every edit.
 *
 * @param embedding of the class, in the unit of codes
 * @param zDimension where it begins in each code
 */
record ClassEdit(float[] embedding, int zDimension) implements StyleEdit {
    private static final Pattern NAME = Pattern.compile("class-([0-9]{1,6})");

    /** @throws JobFailure.Rejected of kind {@code direction-unknown} if it names a class that the generator does not have */
    static Optional<Integer> label(String name, GeneratorDescription generator) {
        Matcher matcher = NAME.matcher(name);
        if (generator.kind() != GeneratorDescription.Kind.BIGGAN_DEEP || !matcher.matches()) {
            return Optional.empty();
        }
        int label = Integer.parseInt(matcher.group(1));
        if (label >= generator.classes()) {
            throw new JobFailure.Rejected(
                    "direction-unknown",
                    "there is no " + name + ": this generator has the classes 0 to " + (generator.classes() - 1));
        }
        return Optional.of(label);
    }

    static ClassEdit of(int label, ModelBundle bundle) {
        GeneratorDescription description = bundle.description().generator();
        BigGanWeights weights =
                BigGanWeights.of(SafetensorsFile.read(bundle.generatorFile()).tensors(), description.truncation());
        return new ClassEdit(weights.embedding(label), weights.zDimension());
    }

    @Override
    public void move(float[] wplus, double strength, LayerRange layers) {
        int width = zDimension + embedding.length;
        for (int i = 0; i < wplus.length; i++) {
            int place = i % width - zDimension;
            if (place >= 0 && layers.contains(i / width)) {
                wplus[i] += (float) (strength * (embedding[place] - wplus[i]));
            }
        }
    }
}

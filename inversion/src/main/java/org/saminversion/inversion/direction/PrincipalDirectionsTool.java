package org.saminversion.inversion.direction;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.bundle.BundleWriter;
import org.saminversion.inversion.bundle.DirectionDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.space.LayerRange;

/**
 * Gives a bundle its first principal components as directions {@code pca-00}, {@code pca-01} and so on, from the covariance in
 * its statistics. Running it again replaces them.
 */
public final class PrincipalDirectionsTool {
    private static final String FILE = "directions/principal.safetensors";
    private static final String PREFIX = "pca-";

    private PrincipalDirectionsTool() {}

    /** @param arguments the bundle's folder and the number of components */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("name the bundle's folder and the number of components");
        }
        addTo(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    }

    /** @return the bundle with the new directions, which stand after those that it had */
    public static ModelBundle addTo(Path folder, int count) {
        ModelBundle bundle = BundleReader.open(folder);
        PrincipalComponents components = PrincipalComponents.ofCovariance(
                SafetensorsFile.read(bundle.statisticsFile()).tensor("w_covariance"));
        if (count < 1 || count > components.count()) {
            throw new IllegalArgumentException("there are 1 to " + components.count() + " components, not " + count);
        }
        Map<String, Tensor> tensors = new TreeMap<>();
        List<DirectionDescription> directions =
                new ArrayList<>(bundle.description().directions());
        directions.removeIf(direction -> direction.name().startsWith(PREFIX));
        int styles = bundle.description().generator().styles();
        double share = 0;
        for (int i = 0; i < count; i++) {
            String name = String.format(Locale.ROOT, "%s%02d", PREFIX, i);
            tensors.put(name, components.direction(i));
            share += components.varianceShare(i);
            directions.add(new DirectionDescription(
                    name,
                    FILE,
                    name,
                    LayerRange.all(styles),
                    -DirectionDescription.USEFUL,
                    DirectionDescription.USEFUL));
        }
        Map<String, String> metadata = Map.of(
                "kind", "principal components of W, one vector added to every style of the range",
                "strength", "1 = one standard deviation of W along the component",
                "variance_share", String.format(Locale.ROOT, "%.3f", share));
        SafetensorsFile.of(tensors, metadata).write(folder.resolve(FILE));
        BundleDescription extended = bundle.description().withDirections(directions);
        return BundleWriter.write(folder, extended);
    }
}

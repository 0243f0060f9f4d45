package org.saminversion.inversion.space;

/**
 * A space that a photograph, or a segment of one, can be inverted into.
 *
 * <p>W+ has one style vector per layer of the generator. The feature space F_k is the output of the convolution that
 * consumes style k (paper, section 3.2; spec networks.md 1.2). A smaller index is more editable.
 */
public record LatentSpace(int layer) implements Comparable<LatentSpace> {
    public static final LatentSpace W_PLUS = new LatentSpace(0);

    public LatentSpace {
        if (layer < 0 || layer % 2 != 0) {
            throw new IllegalArgumentException("a feature space has an even layer of at least 2, not " + layer);
        }
    }

    /** Reads {@code W+} or {@code F4}. @throws IllegalArgumentException for anything else */
    public static LatentSpace parse(String name) {
        if (name.equalsIgnoreCase("W+")) {
            return W_PLUS;
        }
        if (name.matches("[Ff][0-9]{1,2}")) {
            LatentSpace space = new LatentSpace(Integer.parseInt(name.substring(1)));
            if (space.isFeatureSpace()) {
                return space;
            }
        }
        throw new IllegalArgumentException("a latent space is W+ or F and an even layer such as F4, not " + name);
    }

    public boolean isFeatureSpace() {
        return layer > 0;
    }

    /** Side length in pixels of the feature map: 8 for F2, 16 for F4, and so on. */
    public int resolution() {
        if (!isFeatureSpace()) {
            throw new IllegalStateException("W+ has no resolution");
        }
        return 4 << (layer / 2);
    }

    /** More editable first. */
    @Override
    public int compareTo(LatentSpace other) {
        return Integer.compare(layer, other.layer);
    }

    @Override
    public String toString() {
        return isFeatureSpace() ? "F" + layer : "W+";
    }
}

package org.saminversion.bench.comparison;

import java.util.List;
import org.saminversion.inversion.engine.EditRequest;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.latent.Latents;

/**
 * Where an edit acts: the pixels of the generator's average image that it changes by at least a quarter of what it changes most.
 * The pictures of a category are aligned, so this is the region in all of them, and it is the same for every method.
 *
 * @param inside per pixel of the generator's visible image, row by row
 */
record EditRegion(EditRequest edit, boolean[] inside) {
    private static final double SHARE_OF_LARGEST = 0.25;

    /** Mean absolute changes of levels in [0,1]. */
    record Change(double inside, double outside) {}

    static EditRegion of(SamEngine engine, EditRequest edit) {
        Latents average = engine.sample(0, 0);
        double[] changes = changes(engine.render(average), engine.edit(average, List.of(edit)));
        double largest = 0;
        for (double change : changes) {
            largest = Math.max(largest, change);
        }
        boolean[] inside = new boolean[changes.length];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = largest > 0 && changes[i] >= SHARE_OF_LARGEST * largest;
        }
        return new EditRegion(edit, inside);
    }

    Change change(RgbImage unedited, RgbImage edited) {
        double[] changes = changes(unedited, edited);
        double in = 0;
        double out = 0;
        int count = 0;
        for (int i = 0; i < changes.length; i++) {
            if (inside[i]) {
                in += changes[i];
                count++;
            } else {
                out += changes[i];
            }
        }
        return new Change(in / Math.max(1, count), out / Math.max(1, changes.length - count));
    }

    private static double[] changes(RgbImage first, RgbImage second) {
        double[] changes = new double[first.width() * first.height()];
        for (int i = 0; i < first.pixels().length; i++) {
            changes[i / 3] += Math.abs((first.pixels()[i] & 0xff) - (second.pixels()[i] & 0xff)) / (3 * 255.0);
        }
        return changes;
    }
}

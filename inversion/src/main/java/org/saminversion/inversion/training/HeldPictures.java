package org.saminversion.inversion.training;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.function.Supplier;
import org.saminversion.inversion.image.RgbImage;

/** Pictures of which the first are held in memory and the others read again whenever their turn comes. */
final class HeldPictures extends AbstractList<RgbImage> implements RandomAccess {
    private record Entry(Optional<RgbImage> held, Supplier<RgbImage> source) {}

    private final List<Entry> entries = new ArrayList<>();
    private long bytesLeft;

    /** @param bytesMax of the pictures that are held */
    HeldPictures(long bytesMax) {
        this.bytesLeft = bytesMax;
    }

    /** @param picture what {@code source} gives now and later */
    void add(RgbImage picture, Supplier<RgbImage> source) {
        bytesLeft -= picture.pixels().length;
        entries.add(new Entry(bytesLeft >= 0 ? Optional.of(picture) : Optional.empty(), source));
    }

    @Override
    public RgbImage get(int index) {
        Entry entry = entries.get(index);
        return entry.held().orElseGet(entry.source());
    }

    @Override
    public int size() {
        return entries.size();
    }
}

package org.saminversion.standalone.picture;

import java.util.ArrayList;
import java.util.List;
import org.saminversion.inversion.image.RgbImage;

/**
 * Pictures side by side, each enlarged crisply to about the same height, with a label above and notes below: the result of a
 * demonstration at one glance.
 */
public final class ContactSheet {
    private static final int BACKGROUND = 0xffffff;
    private static final int INK = 0x202020;
    private static final int FAINT_INK = 0x707070;
    private static final int MARGIN_PIXELS = 12;
    private static final int PANEL_HEIGHT_PIXELS = 192;
    private static final int TEXT_FACTOR = 2;
    private static final int LINE_PIXELS = TEXT_FACTOR * (PixelFont.GLYPH_HEIGHT_PIXELS + 3);
    private static final int SWATCH_PIXELS = TEXT_FACTOR * PixelFont.GLYPH_HEIGHT_PIXELS;

    /** One picture and the words above it. */
    public record Panel(String label, RgbImage picture) {}

    /** A colour (0xRRGGBB) and what it means. */
    public record Key(int color, String meaning) {}

    private final List<List<Panel>> rows = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    public ContactSheet add(String label, RgbImage picture) {
        if (rows.isEmpty()) {
            row();
        }
        rows.get(rows.size() - 1).add(new Panel(label, picture));
        return this;
    }

    /** Begins a further row of pictures. */
    public ContactSheet row() {
        rows.add(new ArrayList<>());
        return this;
    }

    /** Explains a colour of the map, below the pictures. */
    public ContactSheet key(int color, String meaning) {
        keys.add(new Key(color, meaning));
        return this;
    }

    /** A line of text at the bottom. */
    public ContactSheet note(String line) {
        notes.add(line);
        return this;
    }

    /** @throws IllegalStateException if there is no picture */
    public RgbImage draw() {
        if (rows.stream().allMatch(List::isEmpty)) {
            throw new IllegalStateException("a contact sheet needs at least one picture");
        }
        int below = rows.stream().mapToInt(ContactSheet::rowHeight).sum();
        int lines = notes.size() + (keys.isEmpty() ? 0 : 1);
        Canvas canvas = new Canvas(width(), below + lines * LINE_PIXELS + MARGIN_PIXELS, BACKGROUND);
        int top = 0;
        for (List<Panel> row : rows) {
            int left = MARGIN_PIXELS;
            for (Panel panel : row) {
                canvas.write(panel.label, left, top + MARGIN_PIXELS, TEXT_FACTOR, INK);
                canvas.draw(panel.picture, left, top + MARGIN_PIXELS + LINE_PIXELS, factor(panel.picture));
                left += columnWidth(panel) + MARGIN_PIXELS;
            }
            top += rowHeight(row);
        }
        top = below + TEXT_FACTOR;
        if (!keys.isEmpty()) {
            drawKeys(canvas, top);
            top += LINE_PIXELS;
        }
        for (String note : notes) {
            canvas.write(note, MARGIN_PIXELS, top, TEXT_FACTOR, FAINT_INK);
            top += LINE_PIXELS;
        }
        return canvas.toImage();
    }

    private static int rowHeight(List<Panel> row) {
        int tallest = row.stream().mapToInt(ContactSheet::height).max().orElse(0);
        return MARGIN_PIXELS + LINE_PIXELS + tallest + MARGIN_PIXELS / 2;
    }

    private void drawKeys(Canvas canvas, int top) {
        int left = MARGIN_PIXELS;
        for (Key key : keys) {
            canvas.fill(left, top, SWATCH_PIXELS, SWATCH_PIXELS, key.color);
            left += SWATCH_PIXELS + MARGIN_PIXELS / 2;
            canvas.write(key.meaning, left, top, TEXT_FACTOR, FAINT_INK);
            left += textWidth(key.meaning) + 2 * MARGIN_PIXELS;
        }
    }

    private int width() {
        int pictures = rows.stream()
                .mapToInt(row -> row.stream()
                        .mapToInt(panel -> columnWidth(panel) + MARGIN_PIXELS)
                        .sum())
                .max()
                .orElse(0);
        int keyLine = keys.stream()
                .mapToInt(key -> SWATCH_PIXELS + MARGIN_PIXELS / 2 + textWidth(key.meaning) + 2 * MARGIN_PIXELS)
                .sum();
        int noteLine = notes.stream().mapToInt(ContactSheet::textWidth).max().orElse(0) + MARGIN_PIXELS;
        return MARGIN_PIXELS + Math.max(pictures, Math.max(keyLine, noteLine));
    }

    private static int columnWidth(Panel panel) {
        return Math.max(panel.picture.width() * factor(panel.picture), textWidth(panel.label));
    }

    private static int height(Panel panel) {
        return panel.picture.height() * factor(panel.picture);
    }

    private static int factor(RgbImage picture) {
        return Math.max(1, Math.round((float) PANEL_HEIGHT_PIXELS / picture.height()));
    }

    private static int textWidth(String text) {
        return TEXT_FACTOR * PixelFont.widthPixels(text);
    }
}

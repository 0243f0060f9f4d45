package org.saminversion.standalone.cli.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.saminversion.bench.comparison.Measurement;
import org.saminversion.bench.comparison.SummaryRow;
import org.saminversion.bench.comparison.SummaryText;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.inversion.image.NamedPicture;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.standalone.cli.frame.JsonFile;
import org.saminversion.standalone.cli.frame.TextFile;
import org.saminversion.standalone.picture.ContactSheet;

/** Writes what came of a comparison into a folder: Markdown, CSV, JSON and a picture. */
final class ComparisonReport {
    private static final int SHEET_ROWS = 6;

    private final Path folder;
    private final String reference;

    /** @param reference the method that differences are taken from */
    ComparisonReport(Path folder, String reference) {
        this.folder = folder;
        this.reference = reference;
    }

    /** @return the rows, which were written as NAME.md, NAME.csv, NAME.json and NAME.png */
    List<SummaryRow> write(String name, Map<String, List<Measurement>> results, List<NamedPicture> pictures) {
        List<SummaryRow> rows = SummaryRow.of(results, reference);
        TextFile.write(folder.resolve(name + ".md"), SummaryText.markdown(rows, reference));
        TextFile.write(folder.resolve(name + ".csv"), SummaryText.csv(results));
        JsonFile.write(folder.resolve(name + ".json"), SummaryText.json(rows));
        PngWriter.write(sheet(List.copyOf(results.keySet()), pictures), folder.resolve(name + ".png"));
        return rows;
    }

    /** The first pictures with their reconstructions, and below each row the edits. */
    private RgbImage sheet(List<String> methods, List<NamedPicture> pictures) {
        ContactSheet sheet = new ContactSheet();
        for (NamedPicture picture : pictures.subList(0, Math.min(SHEET_ROWS, pictures.size()))) {
            RgbImage photograph = picture.source().get();
            sheet.row().add("input", photograph);
            methods.forEach(method -> add(sheet, method, method, picture, ".png"));
            sheet.row().add("edited", photograph);
            methods.forEach(method -> add(sheet, "", method, picture, ".edited.png"));
        }
        return sheet.draw();
    }

    private void add(ContactSheet sheet, String label, String method, NamedPicture picture, String ending) {
        Path file = folder.resolve(method).resolve(picture.folder() + ending);
        if (Files.exists(file)) {
            sheet.add(label, ImageReader.read(file));
        }
    }
}

package org.saminversion.standalone.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.saminversion.bench.comparison.SummaryRow;
import org.saminversion.bench.comparison.SummaryText;
import org.saminversion.bench.comparison.SvgPlot;
import org.saminversion.bench.comparison.Variant;
import org.saminversion.inversion.image.NamedPicture;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.TextFile;
import org.saminversion.standalone.cli.options.OpenBundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** The paper's Fig. 3 on any bundle. */
@Command(
        name = "fig3",
        description =
                "Compare single latent spaces: reconstruction against the response to an edit (the paper's Fig. 3).")
final class BenchFig3Command implements Callable<Integer> {
    private static final String REFERENCE = "wplus";

    @ParentCommand
    private BenchCommand bench;

    @Mixin
    private ComparisonOptions options;

    @Override
    public Integer call() throws Exception {
        Console console = bench.console();
        try (OpenBundle opened = options.open(bench)) {
            List<LatentSpace> spaces = opened.bundle().description().candidates();
            List<String> names = spaces.stream()
                    .map(space -> space.isFeatureSpace() ? space.toString() : REFERENCE)
                    .toList();
            List<Variant> variants = options.variants(names, opened, console);
            List<NamedPicture> pictures = options.pictures();
            List<SummaryRow> rows = new ComparisonReport(options.out(), REFERENCE)
                    .write(
                            "fig3",
                            options.comparison(variants, pictures, opened, console)
                                    .run(),
                            pictures);
            plot(rows, spaces.stream().map(LatentSpace::toString).toList());
            console.out().print(SummaryText.markdown(rows, REFERENCE));
            if (options.json()) {
                console.out().println(SummaryText.json(rows));
            }
        }
        return ExitCode.SUCCESS;
    }

    private void plot(List<SummaryRow> rows, List<String> spaces) {
        List<SvgPlot.Point> psnr = new ArrayList<>();
        List<SvgPlot.Point> response = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            SummaryRow row = rows.get(i);
            psnr.add(new SvgPlot.Point(i, row.psnr().mean(), row.psnr().standardError()));
            response.add(
                    new SvgPlot.Point(i, row.response().mean(), row.response().standardError()));
        }
        TextFile.write(
                options.out().resolve("fig3-psnr.svg"),
                new SvgPlot("One space for the whole image", "latent space", "PSNR in dB", spaces)
                        .add("reconstruction", psnr)
                        .draw());
        TextFile.write(
                options.out().resolve("fig3-response.svg"),
                new SvgPlot("One space for the whole image", "latent space", "change by the edit", spaces)
                        .add("edit response", response)
                        .draw());
    }
}

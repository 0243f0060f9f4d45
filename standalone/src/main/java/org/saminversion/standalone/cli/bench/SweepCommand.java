package org.saminversion.standalone.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.saminversion.bench.comparison.SummaryRow;
import org.saminversion.bench.comparison.SummaryText;
import org.saminversion.bench.comparison.SvgPlot;
import org.saminversion.bench.comparison.Variant;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.image.NamedPicture;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.Program;
import org.saminversion.standalone.cli.frame.TextFile;
import org.saminversion.standalone.cli.options.OpenBundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The paper's method at several error ceilings, with one map for all of them. */
@Command(
        name = "sweep",
        description =
                "Invert images at several thresholds: reconstruction against editability. The map is measured once.")
public final class SweepCommand implements Callable<Integer> {
    private static final String METHOD = "sam";

    @ParentCommand
    private Program sam;

    @Mixin
    private ComparisonOptions options;

    @Option(
            names = "--taus",
            paramLabel = "ERROR",
            split = ",",
            defaultValue = "0.1,0.2,0.3,0.4,0.6,0.8,1,2",
            description = "Error ceilings. Default: ${DEFAULT-VALUE}.")
    private List<Double> taus;

    @Override
    public Integer call() throws Exception {
        try (OpenBundle opened = options.open(sam)) {
            InversionSettings settings = options.variants(List.of(METHOD), opened, sam.console())
                    .get(0)
                    .settings();
            List<Variant> variants = taus.stream()
                    .distinct()
                    .map(tau -> new Variant("tau-" + tau, settings.withTau(tau)))
                    .toList();
            List<NamedPicture> pictures = options.pictures();
            String reference = variants.get(0).name();
            List<SummaryRow> rows = new ComparisonReport(options.out(), reference)
                    .write(
                            "sweep",
                            options.comparison(variants, pictures, opened, sam.console())
                                    .run(),
                            pictures);
            List<SvgPlot.Point> trade = new ArrayList<>();
            rows.forEach(row -> trade.add(new SvgPlot.Point(
                    row.response().mean(), row.psnr().mean(), row.psnr().standardError())));
            TextFile.write(
                    options.out().resolve("sweep.svg"),
                    new SvgPlot("Thresholds", "change by the edit", "PSNR in dB", List.of())
                            .add("tau " + taus.get(0) + " to " + taus.get(taus.size() - 1), trade)
                            .draw());
            sam.console().out().print(SummaryText.markdown(rows, reference));
            if (options.json()) {
                sam.console().out().println(SummaryText.json(rows));
            }
        }
        return ExitCode.SUCCESS;
    }
}

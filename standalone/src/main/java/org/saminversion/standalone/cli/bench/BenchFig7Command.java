package org.saminversion.standalone.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.saminversion.bench.comparison.QualityOverTime.Moment;
import org.saminversion.bench.comparison.SvgPlot;
import org.saminversion.bench.comparison.Variant;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.JsonFile;
import org.saminversion.standalone.cli.frame.TextFile;
import org.saminversion.standalone.cli.options.OpenBundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The paper's Fig. 7 on any bundle. */
@Command(
        name = "fig7",
        description = "Measure quality against seconds along the run of each method (the paper's Fig. 7).")
final class BenchFig7Command implements Callable<Integer> {
    @ParentCommand
    private BenchCommand bench;

    @Mixin
    private ComparisonOptions options;

    @Option(
            names = "--methods",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "stylegan2-w,stylegan2-wplus,gaussian-prior,hybrid,pivotal-tuning,sam,"
                    + "e4e,restyle-psp,restyle-e4e,sam-encoder",
            description = "Methods (see: sam methods). Default: ${DEFAULT-VALUE}.")
    private List<String> methods;

    @Option(
            names = "--moments",
            paramLabel = "STEP",
            split = ",",
            defaultValue = "0,1,2,3,4,5,10,20,50,100,200,350,500,650,800,1000",
            description = "Steps at which to measure. Default: ${DEFAULT-VALUE}.")
    private List<Integer> moments;

    @Override
    public Integer call() throws Exception {
        Console console = bench.console();
        if (moments.stream().noneMatch(step -> step > 0)) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--moments needs a step of at least 1");
        }
        try (OpenBundle opened = options.open(bench)) {
            List<Variant> variants = options.variants(methods, opened, console);
            List<Integer> rising = moments.stream()
                    .filter(step -> step >= 0)
                    .distinct()
                    .sorted()
                    .toList();
            Map<String, List<Moment>> curves =
                    options.qualityOverTime(opened, console).run(variants, options.pictures(), rising);
            ObjectNode node = node(curves);
            JsonFile.write(options.out().resolve("fig7.json"), node);
            TextFile.write(options.out().resolve("fig7.csv"), csv(curves));
            plot("fig7-psnr.svg", "PSNR in dB", curves, Moment::psnr);
            plot("fig7-lpips.svg", "LPIPS", curves, Moment::lpips);
            console.out().println(options.json() ? node.toString() : node.toPrettyString());
        }
        return ExitCode.SUCCESS;
    }

    private void plot(String file, String what, Map<String, List<Moment>> curves, ToDoubleFunction<Moment> value) {
        SvgPlot plot = new SvgPlot("Quality over time", "seconds per image", what, List.of()).logarithmicAcross();
        curves.forEach((method, curve) -> plot.add(
                method,
                curve.stream()
                        .filter(moment -> moment.step() > 0 && moment.seconds() > 0)
                        .map(moment -> new SvgPlot.Point(moment.seconds(), value.applyAsDouble(moment), 0))
                        .toList()));
        TextFile.write(options.out().resolve(file), plot.draw());
    }

    private static String csv(Map<String, List<Moment>> curves) {
        StringBuilder text = new StringBuilder("method,step,seconds,psnr_db,lpips\n");
        curves.forEach((method, curve) -> curve.forEach(moment -> text.append(String.format(
                Locale.ROOT,
                "%s,%d,%.4f,%.4f,%.6f\n",
                method,
                moment.step(),
                moment.seconds(),
                moment.psnr(),
                moment.lpips()))));
        return text.toString();
    }

    private static ObjectNode node(Map<String, List<Moment>> curves) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        curves.forEach((method, curve) -> {
            ArrayNode moments = node.putArray(method);
            curve.forEach(moment -> moments.addObject()
                    .put("step", moment.step())
                    .put("seconds", moment.seconds())
                    .put("psnr", moment.psnr())
                    .put("lpips", moment.lpips()));
        });
        return node;
    }
}

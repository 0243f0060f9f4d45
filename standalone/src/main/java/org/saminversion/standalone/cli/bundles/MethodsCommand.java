package org.saminversion.standalone.cli.bundles;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.EncoderDescription;
import org.saminversion.inversion.method.InversionMethods;
import org.saminversion.inversion.method.MethodDescription;
import org.saminversion.inversion.method.MethodSetting;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.Program;
import org.saminversion.standalone.cli.options.BundleOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lists what photographs can be inverted by. */
@Command(name = "methods", description = "List the inversion methods of a bundle and what may be set about each.")
public final class MethodsCommand implements Callable<Integer> {
    @ParentCommand
    private Program sam;

    @Mixin
    private BundleOption bundle;

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    @Override
    public Integer call() {
        BundleDescription description = bundle.find(sam).description();
        List<MethodDescription> methods = InversionMethods.of(description);
        if (json) {
            sam.console().out().println(array(methods, description));
        } else {
            methods.forEach(method -> print(method, description));
        }
        return ExitCode.SUCCESS;
    }

    private void print(MethodDescription method, BundleDescription bundle) {
        sam.console().out().println(method.name() + "  " + method.summary());
        if (!InversionMethods.isPossible(method, bundle)) {
            sam.console().out().println("  not with this bundle: it has no encoder of kind " + kinds(method));
        }
        sam.console().out().println("  steps " + method.usualSteps(bundle));
        for (MethodSetting setting : method.settings()) {
            sam.console()
                    .out()
                    .println(String.format(
                            Locale.ROOT,
                            "  --set %s=%s  %s, %s to %s",
                            setting.name(),
                            setting.usual(),
                            setting.meaning(),
                            setting.least(),
                            setting.most()));
        }
    }

    private static String kinds(MethodDescription method) {
        return method.encoders().stream().map(EncoderDescription.Kind::label).collect(Collectors.joining(" or "));
    }

    private static ArrayNode array(List<MethodDescription> methods, BundleDescription bundle) {
        ArrayNode array = new ObjectMapper().createArrayNode();
        for (MethodDescription method : methods) {
            ObjectNode node = array.addObject();
            node.put("name", method.name());
            node.put("summary", method.summary());
            node.put("possible", InversionMethods.isPossible(method, bundle));
            node.put("steps", method.usualSteps(bundle));
            ArrayNode settings = node.putArray("settings");
            for (MethodSetting setting : method.settings()) {
                settings.addObject()
                        .put("name", setting.name())
                        .put("usual", setting.usual())
                        .put("least", setting.least())
                        .put("most", setting.most())
                        .put("meaning", setting.meaning());
            }
        }
        return array;
    }
}

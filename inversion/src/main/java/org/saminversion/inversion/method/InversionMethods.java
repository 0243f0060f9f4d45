package org.saminversion.inversion.method;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.EncoderDescription;
import org.saminversion.inversion.bundle.GeneratorDescription;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.space.LatentSpace;

/** Every method there is for a bundle, by name. */
public final class InversionMethods {
    private static final int PROJECTION_STEPS = 1000;
    private static final int RESTYLE_PASSES = 5;
    private static final List<EncoderDescription.Kind> ONE_PASS =
            List.of(EncoderDescription.Kind.E4E, EncoderDescription.Kind.COMPACT, EncoderDescription.Kind.PSP);

    private static final List<MethodSetting> WITH_MAP = with(DirectSettings.ALL, MapSource.SETTING);

    private static final Set<String> WITH_MAP_NAMES = ofStyleGan2(Start.MEAN.asUsual()).stream()
            .filter(MethodDescription::needsMap)
            .map(MethodDescription::name)
            .collect(Collectors.toUnmodifiableSet());

    private InversionMethods() {}

    private static List<MethodSetting> with(List<MethodSetting> settings, MethodSetting more) {
        return Stream.concat(settings.stream(), Stream.of(more)).toList();
    }

    /** In the order of the paper's Table 1, then the single spaces. BigGAN has what needs no mapping network and no encoder. */
    public static List<MethodDescription> of(BundleDescription bundle) {
        boolean styleGan2 = bundle.generator().kind() == GeneratorDescription.Kind.STYLEGAN2;
        List<MethodDescription> methods = new ArrayList<>(
                styleGan2 ? ofStyleGan2(Start.usual(bundle).asUsual()) : List.of(sam(WITH_MAP, chosen -> Start.MEAN)));
        for (LatentSpace space : bundle.candidates()) {
            methods.add(direct(
                    space.isFeatureSpace() ? space.toString() : "wplus",
                    space + " for the whole image, with the paper's objective",
                    DirectSettings.ALL,
                    false,
                    settings -> new InversionMethod.SingleSpace(space, Start.MEAN, settings)));
        }
        return List.copyOf(methods);
    }

    private static List<MethodDescription> ofStyleGan2(MethodSetting start) {
        List<MethodDescription> methods = new ArrayList<>(projections());
        methods.add(direct(
                "hybrid",
                "W+ from the encoder's codes, with the paper's objective",
                DirectSettings.ALL,
                true,
                settings -> new InversionMethod.SingleSpace(LatentSpace.W_PLUS, Start.STYLES, settings)));
        methods.add(new MethodDescription(
                "pivotal-tuning",
                "a pivot in W, then all weights of the generator tuned for it (PTI)",
                TuningSettings.ALL,
                OptionalInt.of(TuningSettings.STEPS),
                List.of(),
                chosen -> new InversionMethod.PivotalTuning(TuningSettings.of(chosen))));
        methods.add(sam(with(WITH_MAP, start), chosen -> Start.of(chosen, start)));
        methods.add(direct(
                "sam-encoder-start",
                "the same from the encoder's codes, as in the released code",
                WITH_MAP,
                true,
                settings -> new InversionMethod.SpatiallyAdaptive(Start.STYLES, settings)));
        methods.add(new MethodDescription(
                "sam-encoder",
                "the same masks with style vectors and deltas by encoders, in one pass",
                List.of(),
                OptionalInt.of(1),
                List.of(EncoderDescription.Kind.DELTAS),
                chosen -> new InversionMethod.AdaptiveEncoding()));
        methods.add(encoding("e4e", "one pass of the bundle's encoder", ONE_PASS, 1));
        methods.add(encoding(
                "restyle-psp",
                "ReStyle over pSp, a pass per step",
                List.of(EncoderDescription.Kind.RESTYLE_PSP),
                RESTYLE_PASSES));
        methods.add(encoding(
                "restyle-e4e",
                "ReStyle over e4e, a pass per step",
                List.of(EncoderDescription.Kind.RESTYLE_E4E),
                RESTYLE_PASSES));
        return methods;
    }

    private static MethodDescription sam(List<MethodSetting> settings, Function<MethodSettings, Start> start) {
        return new MethodDescription(
                "sam",
                "per segment the most editable space whose error stays below tau: the paper's method",
                settings,
                OptionalInt.empty(),
                List.of(),
                chosen -> new InversionMethod.SpatiallyAdaptive(start.apply(chosen), DirectSettings.of(chosen)));
    }

    private static List<MethodDescription> projections() {
        return List.of(
                projection("stylegan2-w", "StyleGAN2's projector in W, with optimised noise", false, false),
                projection("stylegan2-wplus", "StyleGAN2's projector in W+, with optimised noise", true, false),
                projection("gaussian-prior", "the same in W+ with a Gaussian prior on the style vectors", true, true));
    }

    private static MethodDescription projection(String name, String summary, boolean perLayer, boolean withPrior) {
        return new MethodDescription(
                name,
                summary,
                withPrior ? ProjectionSettings.ALL_WITH_PRIOR : ProjectionSettings.ALL,
                OptionalInt.of(PROJECTION_STEPS),
                List.of(),
                chosen -> new InversionMethod.Projection(ProjectionSettings.of(perLayer, withPrior, chosen)));
    }

    private static MethodDescription direct(
            String name,
            String summary,
            List<MethodSetting> settings,
            boolean fromEncoder,
            Function<DirectSettings, InversionMethod> make) {
        return new MethodDescription(
                name,
                summary,
                settings,
                OptionalInt.empty(),
                fromEncoder ? ONE_PASS : List.of(),
                chosen -> make.apply(DirectSettings.of(chosen)));
    }

    private static MethodDescription encoding(
            String name, String summary, List<EncoderDescription.Kind> kinds, int passes) {
        return new MethodDescription(
                name, summary, List.of(), OptionalInt.of(passes), kinds, chosen -> new InversionMethod.Encoding(kinds));
    }

    /**
     * The method of that name, whether or not the bundle has the encoder that it may need.
     *
     * @throws JobFailure.Rejected of kind {@code method-unknown}; the message lists what there is
     */
    public static MethodDescription describe(String name, BundleDescription bundle) {
        List<MethodDescription> all = of(bundle);
        return all.stream()
                .filter(method -> method.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new JobFailure.Rejected(
                        "method-unknown",
                        "there is no method '" + name + "' for this bundle; it has "
                                + all.stream().map(MethodDescription::name).collect(Collectors.joining(", "))));
    }

    /**
     * The method with settings, ready to be run.
     *
     * @throws JobFailure.Rejected if there is no such method or setting, a value is out of range, or the bundle has no encoder for it
     */
    public static InversionMethod parse(String name, MethodSettings settings, BundleDescription bundle) {
        MethodDescription method = require(name, bundle);
        settings.requireAmong(method.name(), method.settings());
        InversionMethod made = method.make().apply(settings);
        if (made instanceof InversionMethod.SpatiallyAdaptive adaptive) {
            requireOneOf(
                    "this start of the method " + method.name(),
                    adaptive.start().encoders(),
                    bundle);
        }
        return made;
    }

    /**
     * The method of that name, if it can be run with the bundle.
     *
     * @throws JobFailure.Rejected if there is no such method, or the bundle has no encoder for it
     */
    public static MethodDescription require(String name, BundleDescription bundle) {
        MethodDescription method = describe(name, bundle);
        requireOneOf("the method " + method.name(), method.encoders(), bundle);
        return method;
    }

    private static void requireOneOf(String what, List<EncoderDescription.Kind> kinds, BundleDescription bundle) {
        if (!hasOneOf(kinds, bundle)) {
            throw new JobFailure.Rejected(
                    "method-without-encoder",
                    what + " needs an encoder of kind "
                            + kinds.stream().map(EncoderDescription.Kind::label).collect(Collectors.joining(" or "))
                            + ", and the bundle " + bundle.name()
                            + (bundle.encoders().isEmpty()
                                    ? " has no encoder"
                                    : " has none of them; choose another method or add one to the bundle"));
        }
    }

    static boolean hasOneOf(List<EncoderDescription.Kind> kinds, BundleDescription bundle) {
        return kinds.isEmpty()
                || kinds.stream().anyMatch(kind -> bundle.encoder(kind).isPresent());
    }

    /** Whether the bundle has the encoder that the method needs, if it needs one. */
    public static boolean isPossible(MethodDescription method, BundleDescription bundle) {
        return hasOneOf(method.encoders(), bundle);
    }

    /** Whether the method of that name needs an invertibility map, whatever the bundle. */
    public static boolean needsMap(String method) {
        return WITH_MAP_NAMES.contains(method);
    }

    /** The encoder that codes are taken from in one pass. */
    public static List<EncoderDescription.Kind> onePassEncoders() {
        return ONE_PASS;
    }
}

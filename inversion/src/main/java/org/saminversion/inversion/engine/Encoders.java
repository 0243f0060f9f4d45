package org.saminversion.inversion.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.bundle.EncoderDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.image.Resample;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.method.ImageFormation;
import org.saminversion.inversion.method.InversionMethods;
import org.saminversion.inversion.network.BlockHook;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.network.encoder.CodeComposition;
import org.saminversion.inversion.network.encoder.CompactEncoder;
import org.saminversion.inversion.network.encoder.StyleEncoder;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.space.LatentSpace;

/** The encoders of a bundle, each compiled on first use (spec baselines.md sections 8 and 9). */
final class Encoders implements AutoCloseable {
    private static final String IMAGE = "image";
    private static final String CODES = "codes";
    private static final String AVERAGE = "latent_avg";

    private final ModelBundle bundle;
    private final EngineInputs inputs;
    private final RuntimeOptions runtime;
    private final Map<EncoderDescription.Kind, Opened> opened = new ConcurrentHashMap<>();
    private final Map<String, Program> rendering = new ConcurrentHashMap<>();
    private final DeltaEncoders deltas;

    /**
     * @param program picture and codes to better codes
     * @param average [1,L,w_dim], where codes start
     */
    private record Opened(EncoderDescription description, Program program, Tensor average) {}

    Encoders(ModelBundle bundle, EngineInputs inputs, RuntimeOptions runtime) {
        this.bundle = bundle;
        this.inputs = inputs;
        this.runtime = runtime;
        this.deltas = new DeltaEncoders(bundle, inputs, runtime);
    }

    /** What the encoders of the feature spaces add to style vectors; as {@link DeltaEncoders#deltas}. */
    SortedMap<LatentSpace, Tensor> deltas(Tensor target, Tensor wplus, SortedMap<LatentSpace, Tensor> masks) {
        return deltas.deltas(target, wplus, masks);
    }

    /** The codes of the bundle's one-pass encoder, [1,L,w_dim]. */
    Tensor onePass(RgbImage photograph) {
        Opened encoder = of(InversionMethods.onePassEncoders());
        return better(encoder, photograph, encoder.average());
    }

    /** The codes that the passes start from, [1,L,w_dim]. @param kinds the first that the bundle has is meant */
    Tensor average(List<EncoderDescription.Kind> kinds) {
        return of(kinds).average();
    }

    /**
     * One pass. An encoder that does not see the codes of the pass before gives the same in every one.
     *
     * @param codes [1,L,w_dim] of the pass before
     * @return [1,L,w_dim]
     */
    Tensor pass(List<EncoderDescription.Kind> kinds, RgbImage photograph, Tensor codes) {
        return better(of(kinds), photograph, codes);
    }

    private Tensor better(Opened encoder, RgbImage photograph, Tensor codes) {
        EncoderDescription description = encoder.description();
        RgbImage target = inputs.networks().layout().target(photograph);
        Tensor picture =
                ImageTensors.toTensor(Resample.lanczos(target, description.inputWidth(), description.inputHeight()));
        Tensor seen = description.kind().isIterative() ? beside(picture, codes) : picture;
        Tensor from = description.kind().isIterative() ? codes : encoder.average();
        return encoder.program().run(Map.of(IMAGE, seen, CODES, from)).get("better");
    }

    /** The photograph and its present reconstruction, six channels. */
    private Tensor beside(Tensor picture, Tensor codes) {
        float[] reconstruction = rendering
                .computeIfAbsent(IMAGE, key -> compileRendering())
                .run(Map.of(CODES, codes))
                .get(IMAGE)
                .toFloats();
        float[] first = picture.toFloats();
        float[] both = new float[2 * first.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(reconstruction, 0, both, first.length, first.length);
        return Tensor.of(Shape.of(1, 6, picture.shape().size(2), picture.shape().size(3)), both);
    }

    private Program compileRendering() {
        Graph graph = new Graph();
        Value codes = graph.input(
                CODES,
                1,
                inputs.networks().generator().styles(),
                inputs.networks().generator().wDimension());
        // ReStyle's decoder has constant noise even where the engine's is random.
        Value image =
                inputs.networks().generator().in(graph, NoiseMode.CONSTANT).synthesis(codes, BlockHook.NONE);
        return Program.compile(
                graph,
                Map.of(IMAGE, ImageFormation.reduced(image, inputs.networks().layout())),
                runtime);
    }

    private Opened of(List<EncoderDescription.Kind> kinds) {
        EncoderDescription description = kinds.stream()
                .map(bundle.description()::encoder)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("the method was let through without an encoder: " + kinds));
        return opened.computeIfAbsent(description.kind(), kind -> open(description));
    }

    private Opened open(EncoderDescription description) {
        boolean asCompared = description.inputWidth()
                        == inputs.networks().layout().targetWidth()
                && description.inputHeight() == inputs.networks().layout().targetHeight();
        if (description.kind().isIterative() && !asCompared) {
            throw invalid("its encoder " + description.kind().label() + " takes " + description.inputWidth() + " x "
                    + description.inputHeight() + " pixels, but reconstructions are compared at "
                    + inputs.networks().layout().targetWidth() + " x "
                    + inputs.networks().layout().targetHeight());
        }
        Map<String, Tensor> tensors =
                SafetensorsFile.read(bundle.file(description.file())).tensors();
        Tensor average = average(tensors);
        Graph graph = new Graph();
        Value image = graph.input(
                IMAGE,
                1,
                description.kind().isIterative() ? 6 : 3,
                description.inputHeight(),
                description.inputWidth());
        Value before = graph.input(CODES, average.shape().toArray());
        Value codes =
                codes(description, graph, new NamedTensors(description.kind().label(), tensors), image);
        if (!codes.shape().equals(average.shape())) {
            throw invalid(
                    "its encoder gives codes of " + codes.shape() + ", and the generator takes " + average.shape());
        }
        return new Opened(description, Program.compile(graph, Map.of("better", codes.add(before)), runtime), average);
    }

    private Value codes(EncoderDescription description, Graph graph, NamedTensors tensors, Value image) {
        try {
            return switch (description.kind()) {
                case E4E, RESTYLE_E4E -> new StyleEncoder(graph, tensors, CodeComposition.DEVIATIONS).codes(image);
                case PSP, RESTYLE_PSP ->
                    CompactEncoder.isMadeOf(tensors)
                            ? compact(graph, tensors, image)
                            : new StyleEncoder(graph, tensors, CodeComposition.SEPARATE).codes(image);
                case COMPACT -> compact(graph, tensors, image);
                case DELTAS -> throw new IllegalArgumentException("it gives deltas, no style vectors");
            };
        } catch (IllegalArgumentException unfit) {
            throw invalid("its encoder does not fit: " + unfit.getMessage());
        }
    }

    private Value compact(Graph graph, NamedTensors tensors, Value image) {
        return new CompactEncoder(graph, tensors)
                .codes(image, inputs.networks().generator().styles());
    }

    /** The checkpoint's average code for every layer; the mean of W if it has none. */
    private Tensor average(Map<String, Tensor> tensors) {
        Tensor stored = tensors.getOrDefault(AVERAGE, inputs.meanOfW());
        int styles = inputs.networks().generator().styles();
        int width = inputs.networks().generator().wDimension();
        int elements = stored.shape().elements();
        if (elements != width && elements != styles * width) {
            throw invalid("its encoder's " + AVERAGE + " is " + stored + " where [" + styles + "," + width + "] fits");
        }
        return ProjectionRuns.repeated(stored.reshape(1, elements / width, width), styles);
    }

    private JobFailure.Rejected invalid(String what) {
        return new JobFailure.Rejected("bundle-invalid", "bundle " + bundle.name() + " cannot be used: " + what);
    }

    @Override
    public void close() {
        opened.values().forEach(each -> each.program().close());
        rendering.values().forEach(Program::close);
        deltas.close();
    }
}

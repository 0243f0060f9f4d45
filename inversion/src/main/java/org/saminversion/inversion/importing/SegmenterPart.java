package org.saminversion.inversion.importing;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.SegmenterDescription.Semantic;
import org.saminversion.inversion.checkpoint.Checkpoint;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.importing.SourceFiles.Of;
import org.saminversion.inversion.network.segmentation.LabelFusions;
import org.saminversion.inversion.segment.ImportedNetwork;

/** A network that cuts photographs by meaning, with the labels that SAM fuses (spec networks.md 7). */
record SegmenterPart(Semantic description, SortedMap<String, Tensor> tensors) {
    private static final String FILE = "segmenter.safetensors";
    /** Longer side of the picture that they see at least. */
    private static final int INPUT_SIDE_MIN = 256;

    /** @throws JobFailure.Rejected if there are two, only one half of one, or tensors are missing */
    static Optional<SegmenterPart> of(SourceFiles files, ImageLayout layout) {
        Optional<Of<Checkpoint.BiSeNet>> faces = files.only(Checkpoint.BiSeNet.class);
        Optional<Of<Checkpoint.Ade20kEncoder>> encoder = files.only(Checkpoint.Ade20kEncoder.class);
        Optional<Of<Checkpoint.Ade20kDecoder>> decoder = files.only(Checkpoint.Ade20kDecoder.class);
        if (encoder.isPresent() != decoder.isPresent()) {
            throw encoder.map(Of::source)
                    .orElseGet(() -> decoder.orElseThrow().source())
                    .refused("it is one half of a segmenter: name the file of the other half too"
                            + " (encoder_epoch_20.pth and decoder_epoch_20.pth)");
        }
        if (faces.isPresent() && encoder.isPresent()) {
            throw faces.get()
                    .source()
                    .refused("a bundle has one segmenter: name this one or "
                            + encoder.get().source().path());
        }
        if (faces.isPresent()) {
            return Optional.of(checked(
                    Semantic.Network.BISENET, faces.get().checkpoint().load(), LabelFusions.CELEBAMASK_FACES, layout));
        }
        return encoder.map(found -> {
            SortedMap<String, Tensor> both = new TreeMap<>();
            found.checkpoint().load().forEach((name, tensor) -> both.put("encoder." + name, tensor));
            decoder.get().checkpoint().load().forEach((name, tensor) -> both.put("decoder." + name, tensor));
            return checked(Semantic.Network.ADE20K, both, LabelFusions.ADE20K_CARS, layout);
        });
    }

    private static SegmenterPart checked(
            Semantic.Network network,
            SortedMap<String, Tensor> tensors,
            Map<Integer, Integer> fusion,
            ImageLayout layout) {
        int longer = Math.max(layout.targetWidth(), layout.targetHeight());
        int side = Math.max(INPUT_SIDE_MIN, longer);
        Semantic description = new Semantic(
                network,
                FILE,
                side * layout.targetWidth() / longer,
                side * layout.targetHeight() / longer,
                Semantic.IMAGENET_MEAN,
                Semantic.IMAGENET_STANDARD_DEVIATION,
                new TreeMap<>(fusion));
        ImportedNetwork.requireWhole(description, tensors);
        return new SegmenterPart(description, tensors);
    }

    void write(StagingFolder staging) {
        SafetensorsFile.of(tensors, Map.of()).write(staging.folder().resolve(FILE));
    }
}

package org.saminversion.inversion.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.PerceptualDescription;
import org.saminversion.inversion.checkpoint.Checkpoint;
import org.saminversion.inversion.checkpoint.Checkpoint.Trunk;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.importing.SourceFiles.Of;
import org.saminversion.inversion.network.PerceptualWeights;

/**
 * A network to compare pictures by.
 *
 * @param description as it will stand in the bundle
 * @param tensors trunk and heads
 */
record PerceptualPart(PerceptualDescription description, SortedMap<String, Tensor> tensors) {
    /**
     * All that the files hold, LPIPS on VGG16 before AlexNet, SqueezeNet and trunks of stages.
     *
     * @throws JobFailure.Rejected if a trunk lacks its LPIPS weights, or these their trunk
     */
    static List<PerceptualPart> of(SourceFiles files) {
        List<PerceptualPart> parts = new ArrayList<>();
        for (Trunk trunk : Trunk.values()) {
            lpips(files, trunk).ifPresent(parts::add);
        }
        files.only(Checkpoint.StageTrunk.class).ifPresent(stages -> parts.add(stages(stages)));
        return List.copyOf(parts);
    }

    private static Optional<PerceptualPart> lpips(SourceFiles files, Trunk trunk) {
        Optional<Of<Checkpoint.PerceptualHeads>> heads =
                SourceFiles.only(files.all(Checkpoint.PerceptualHeads.class).stream()
                        .filter(found -> found.checkpoint().trunk() == trunk)
                        .toList());
        Optional<Of<Checkpoint.PerceptualTrunk>> body =
                SourceFiles.only(files.all(Checkpoint.PerceptualTrunk.class).stream()
                        .filter(found -> found.checkpoint().trunk() == trunk)
                        .toList());
        if (heads.isEmpty()) {
            body.ifPresent(found -> {
                throw found.source()
                        .refused("this trunk is of use with its LPIPS weights only: name their file too ("
                                + headsFile(trunk) + ")");
            });
            return Optional.empty();
        }
        SortedMap<String, Tensor> tensors =
                new TreeMap<>(heads.get().checkpoint().load());
        tensors.putAll(body.map(Of::checkpoint)
                .or(() -> heads.get().checkpoint().beside())
                .orElseThrow(() -> heads.get()
                        .source()
                        .refused("these LPIPS weights need their trunk: name torchvision's file of " + trunk + " too ("
                                + trunkFile(trunk) + ")"))
                .load());
        String file = "perceptual-" + label(trunk) + ".safetensors";
        return Optional.of(
                switch (trunk) {
                    case VGG16 -> {
                        PerceptualWeights.vgg16(tensors);
                        yield new PerceptualPart(new PerceptualDescription.LpipsVgg(file), tensors);
                    }
                    case ALEXNET -> {
                        PerceptualWeights.alexnet(tensors);
                        yield new PerceptualPart(new PerceptualDescription.LpipsAlex(file), tensors);
                    }
                    case SQUEEZENET -> {
                        PerceptualWeights.squeezenet(tensors);
                        yield new PerceptualPart(new PerceptualDescription.LpipsSqueeze(file), tensors);
                    }
                });
    }

    private static PerceptualPart stages(Of<Checkpoint.StageTrunk> found) {
        SortedMap<String, Tensor> tensors = found.checkpoint().load();
        List<PerceptualWeights.Stage> stages = PerceptualWeights.trunk(tensors).stages();
        return new PerceptualPart(
                new PerceptualDescription.Trunk(
                        "perceptual.safetensors",
                        stages.size(),
                        stages.get(0).layers().size()),
                tensors);
    }

    private static String label(Trunk trunk) {
        return switch (trunk) {
            case VGG16 -> "vgg";
            case ALEXNET -> "alex";
            case SQUEEZENET -> "squeeze";
        };
    }

    private static String headsFile(Trunk trunk) {
        return "lpips/weights/v0.1/" + label(trunk) + ".pth";
    }

    private static String trunkFile(Trunk trunk) {
        return switch (trunk) {
            case VGG16 -> "vgg16-397923af.pth";
            case ALEXNET -> "alexnet-owt-*.pth";
            case SQUEEZENET -> "squeezenet1_1-*.pth";
        };
    }

    void write(StagingFolder staging) {
        SafetensorsFile.of(tensors, new TreeMap<>()).write(staging.folder().resolve(description.file()));
    }
}

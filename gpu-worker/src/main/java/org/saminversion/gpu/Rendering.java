package org.saminversion.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.saminversion.inversion.engine.EditRequest;
import org.saminversion.inversion.engine.InversionEngine;
import org.saminversion.inversion.engine.Quality;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.latent.LatentFile;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.EditOrder;
import org.saminversion.model.JobQuality;
import org.saminversion.model.store.RunResult;
import org.saminversion.worker.JobInHand;

/** What follows the optimisation: pictures, files and figures. */
record Rendering(JobInHand job) {
    RunResult finish(Latents latents) {
        InversionEngine engine = job.engine();
        RgbImage reconstruction = engine.render(latents);
        Quality quality = engine.quality(job.photograph(), reconstruction);
        List<Content> artefacts = new ArrayList<>();
        artefacts.add(new Content(Artefact.RECONSTRUCTION, Content.PNG, PngWriter.toBytes(reconstruction)));
        artefacts.add(new Content(
                Artefact.LATENTS, Content.SAFETENSORS, LatentFile.toBytes(latents, LatentFile.Precision.HALF)));
        List<EditOrder> edits = job.job().settings().edits();
        for (int i = 0; i < edits.size(); i++) {
            job.check();
            RgbImage edited = engine.edit(
                    latents,
                    List.of(new EditRequest(
                            edits.get(i).direction(), edits.get(i).strength())));
            artefacts.add(new Content(Artefact.edit(i), Content.PNG, PngWriter.toBytes(edited)));
        }
        return new RunResult(
                artefacts, new JobQuality(quality.psnrDecibel(), quality.lpips()), shares(), latents.provenance());
    }

    private Map<String, Double> shares() {
        return job.map().map(this::shares).orElseGet(job.method()::shares);
    }

    private Map<String, Double> shares(InvertibilityMap map) {
        Map<String, Double> shares = new TreeMap<>();
        map.refine(job.job().settings().tau()).shares().forEach((space, share) -> shares.put(space.toString(), share));
        return shares;
    }
}

package org.saminversion.gateway.dashboard.compare;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.saminversion.gateway.dashboard.frame.Formats;
import org.saminversion.model.study.ComparedJob;

/**
 * One inversion in the grid.
 *
 * @param bestPsnr whether no other reconstructs closer in PSNR
 * @param bestLpips whether no other reconstructs closer in LPIPS
 * @param shares part of the picture by latent space, in words
 * @param chosen settings of the method that are not the usual, such as {@code measured-map=1.0}; empty if all are
 */
public record Candidate(ComparedJob job, boolean bestPsnr, boolean bestLpips, String shares, String chosen) {
    static List<Candidate> of(List<ComparedJob> jobs) {
        double psnr = jobs.stream()
                .mapToDouble(job -> job.quality().psnrDecibel())
                .max()
                .orElse(0);
        double lpips =
                jobs.stream().mapToDouble(job -> job.quality().lpips()).min().orElse(0);
        return jobs.stream()
                .map(job -> new Candidate(
                        job,
                        job.quality().psnrDecibel() == psnr,
                        job.quality().lpips() == lpips,
                        shares(job),
                        Formats.settings(job.chosen())))
                .toList();
    }

    private static String shares(ComparedJob job) {
        return job.shares().entrySet().stream()
                .filter(share -> share.getValue() > 0)
                .sorted(Comparator.comparing(share -> -share.getValue()))
                .map(share -> String.format(Locale.ROOT, "%s %.0f %%", share.getKey(), 100 * share.getValue()))
                .reduce((first, second) -> first + ", " + second)
                .orElse("");
    }
}

package org.saminversion.gateway.dashboard.bundles;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.saminversion.gateway.dashboard.jobs.JobRow;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.DirectionDescription;
import org.saminversion.inversion.bundle.EncoderDescription;
import org.saminversion.inversion.bundle.InvertibilityDescription;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.inversion.space.SpaceColours;
import org.saminversion.model.view.MeasuredQuality.MethodQuality;

/**
 * A bundle as its page shows it.
 *
 * @param networks what computes, one line each
 * @param quality of the tenant's latest jobs with it, the best method first
 * @param samples the tenant's latest results with it
 */
public record BundleCard(
        BundleDescription bundle,
        List<Space> spaces,
        List<Network> networks,
        List<DirectionDescription> directions,
        List<MethodQuality> quality,
        List<JobRow> samples) {
    /** @param colour as #rrggbb, that of the maps */
    public record Space(String name, String colour) {}

    /** @param role what it is for @param quality as the bundle tells it; empty if it does not */
    public record Network(String role, String kind, String file, String quality) {
        Network(String role, String kind, String file) {
            this(role, kind, file, "");
        }
    }

    static BundleCard of(BundleDescription bundle, List<MethodQuality> quality, List<JobRow> samples) {
        return new BundleCard(
                bundle,
                bundle.candidates().stream().map(BundleCard::space).toList(),
                networks(bundle),
                bundle.directions(),
                quality.stream()
                        .filter(each -> each.bundle().equals(bundle.name()))
                        .toList(),
                samples);
    }

    /** Width and height of its pictures. */
    public String size() {
        return bundle.layout().visibleWidth() + " × " + bundle.layout().visibleHeight();
    }

    private static Space space(LatentSpace space) {
        return new Space(space.toString(), String.format("#%06x", SpaceColours.of(space)));
    }

    private static List<Network> networks(BundleDescription bundle) {
        List<Network> networks = new ArrayList<>();
        networks.add(new Network(
                "generator",
                "StyleGAN2, " + bundle.generator().styles() + " styles",
                bundle.generator().file()));
        networks.add(new Network(
                "perceptual loss",
                bundle.perceptual().kind(),
                bundle.perceptual().file()));
        bundle.tuningPerceptual()
                .ifPresent(other -> networks.add(new Network("perceptual loss of tuning", other.kind(), other.file())));
        networks.add(new Network("segmentation", bundle.segmenter().kind(), ""));
        bundle.encoders().forEach(encoder -> networks.add(encoder(encoder)));
        bundle.invertibility().ifPresent(network -> networks.add(invertibility(network)));
        networks.add(new Network("style statistics", "mean and covariance", bundle.statistics()));
        return networks;
    }

    private static Network encoder(EncoderDescription encoder) {
        String quality = encoder.quality()
                .map(measured -> String.format(
                        Locale.ROOT,
                        "%.1f dB, LPIPS %.3f on %d photographs",
                        measured.psnrDecibel(),
                        measured.lpips(),
                        measured.photographs()))
                .orElse("");
        return new Network("encoder", encoder.kind().label(), encoder.file(), quality);
    }

    private static Network invertibility(InvertibilityDescription network) {
        String quality = network.correlation().isPresent()
                ? String.format(
                        Locale.ROOT,
                        "correlation %.3f of predicted and true errors",
                        network.correlation().getAsDouble())
                : "";
        return new Network("invertibility map", network.kind().label(), network.file(), quality);
    }

    /** Names of the directions, for the list of bundles. */
    public String directionNames() {
        return directions.stream().map(DirectionDescription::name).collect(Collectors.joining(", "));
    }
}

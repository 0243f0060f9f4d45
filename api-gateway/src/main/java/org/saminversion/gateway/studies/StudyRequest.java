package org.saminversion.gateway.studies;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.saminversion.gateway.http.JsonFields;
import org.saminversion.gateway.submissions.SettingsReader;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.Artefact;
import org.saminversion.model.study.Contender;

/**
 * What a caller wants of a study, with defaults.
 *
 * @param bundle the only one if empty
 */
record StudyRequest(
        String name,
        String question,
        Optional<String> bundle,
        String shown,
        Contender first,
        Contender second,
        List<String> photographs,
        int votesPerPair,
        Optional<Long> seed) {
    static final int VOTES_PER_PAIR_MAX = 100;

    private static final int VOTES_PER_PAIR = 3;
    private static final int TEXT_LENGTH_MAX = 200;
    private static final String FORM = "{\"first\": {\"method\": \"sam\"}, \"second\": {\"method\": \"wplus\"}}";
    private static final Set<String> FIELDS =
            Set.of("name", "question", "bundle", "shown", "first", "second", "photographs", "votesPerPair", "seed");

    /** @throws JobFailure.Rejected with the first thing that is wrong */
    static StudyRequest read(String body, ObjectMapper json) throws JsonProcessingException {
        JsonNode tree = json.readTree(body == null ? "" : body);
        if (!tree.isObject()) {
            throw JsonFields.malformed("The body must be JSON such as " + FORM + ".");
        }
        JsonFields.requireKnown(tree, FIELDS);
        Contender first = contender(tree, "first");
        Contender second = contender(tree, "second");
        if (first.equals(second)) {
            throw JsonFields.malformed("first and second are the same; a study compares two.");
        }
        String shown = shown(JsonFields.string(tree, "shown").orElse(Artefact.RECONSTRUCTION));
        return new StudyRequest(
                text(tree, "name").orElse(first + " and " + second),
                text(tree, "question").orElse(question(shown)),
                JsonFields.string(tree, "bundle"),
                shown,
                first,
                second,
                photographs(tree.path("photographs")),
                votesPerPair(
                        JsonFields.number("votesPerPair", JsonFields.scalar(tree, "votesPerPair"), Integer::valueOf)
                                .orElse(VOTES_PER_PAIR)),
                JsonFields.number("seed", JsonFields.scalar(tree, "seed"), Long::valueOf));
    }

    private static Contender contender(JsonNode tree, String which) {
        JsonNode given = tree.path(which);
        if (!given.isObject()) {
            throw JsonFields.malformed(which + " must be an object with a method, as in " + FORM + ".");
        }
        JsonFields.requireKnown(given, Set.of("method", "tau", "steps", "settings"));
        return new Contender(
                JsonFields.string(given, "method")
                        .orElseThrow(() -> JsonFields.malformed(which + " lacks its method.")),
                JsonFields.number("tau", JsonFields.scalar(given, "tau"), Double::valueOf),
                JsonFields.number("steps", JsonFields.scalar(given, "steps"), Integer::valueOf),
                given.hasNonNull("settings")
                        ? Optional.of(SettingsReader.read(given.get("settings")))
                        : Optional.empty());
    }

    private static String shown(String name) {
        if (!name.equals(Artefact.RECONSTRUCTION) && !name.matches("edit-[0-9]{1,4}\\.png")) {
            throw JsonFields.malformed("shown must be " + Artefact.RECONSTRUCTION
                    + ", edit-0.png, edit-1.png or on, not \"" + name + "\".");
        }
        return name;
    }

    private static String question(String shown) {
        return shown.equals(Artefact.RECONSTRUCTION)
                ? "Which picture is closer to the photograph?"
                : "Which picture looks more real?";
    }

    private static List<String> photographs(JsonNode given) {
        if (given.isMissingNode() || given.isNull()) {
            return List.of();
        }
        List<String> photographs = new ArrayList<>();
        given.forEach(each -> photographs.add(each.asText()));
        if (!given.isArray() || !photographs.stream().allMatch(digest -> digest.matches("[0-9a-f]{64}"))) {
            throw JsonFields.malformed("photographs must be an array of SHA-256 digests in lower-case hexadecimal.");
        }
        return photographs;
    }

    private static int votesPerPair(int votes) {
        if (votes < 1 || votes > VOTES_PER_PAIR_MAX) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    "votesPerPair must be from 1 to " + VOTES_PER_PAIR_MAX + ", not " + votes + ".");
        }
        return votes;
    }

    private static Optional<String> text(JsonNode tree, String field) {
        Optional<String> text = JsonFields.string(tree, field);
        if (text.filter(StudyRequest::isTooMuch).isPresent()) {
            throw JsonFields.malformed(field + " may have " + TEXT_LENGTH_MAX + " characters, all of them printable.");
        }
        return text;
    }

    private static boolean isTooMuch(String text) {
        return text.length() > TEXT_LENGTH_MAX || text.chars().anyMatch(Character::isISOControl);
    }
}

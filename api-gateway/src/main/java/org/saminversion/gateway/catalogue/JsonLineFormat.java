package org.saminversion.gateway.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.saminversion.inversion.failure.JobFailure;

/** JSON lines: one object on each. */
final class JsonLineFormat implements Manifest.Format {
    private final ObjectReader json;

    JsonLineFormat(ObjectMapper json) {
        this.json = json.reader()
                .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    @Override
    public Optional<ObjectNode> fields(TextLine line) {
        try {
            JsonNode tree = json.readTree(line.text());
            if (tree instanceof ObjectNode fields) {
                return Optional.of(fields);
            }
        } catch (JsonProcessingException e) {
            throw new JobFailure.Rejected("line-malformed", "The JSON is wrong: " + e.getOriginalMessage(), e);
        }
        throw new JobFailure.Rejected(
                "line-malformed",
                "A line must be a JSON object such as {\"customId\": \"7\", \"url\": \"https://...\"}.");
    }
}

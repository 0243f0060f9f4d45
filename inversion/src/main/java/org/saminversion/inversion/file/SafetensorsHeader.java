package org.saminversion.inversion.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.saminversion.graph.Shape;

/**
 * The JSON header of a safetensors file, checked against the length of the data that follows it.
 *
 * @param entries in the order of their data
 */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {
    /** Real files stay below 1 MiB; the format allows 100 MB, which no honest generator needs. */
    static final int HEADER_BYTES_MAXIMUM = 16 << 20;

    static final int TENSORS_MAXIMUM = 100_000;
    private static final int RANK_MAXIMUM = 16;
    private static final String METADATA = "__metadata__";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxNumberLength(20)
                    .maxNameLength(4096)
                    .maxStringLength(HEADER_BYTES_MAXIMUM)
                    .build())
            .build();

    /** @param begin byte offset from the start of the data */
    record Entry(String name, SafetensorsType type, Shape shape, long begin, long end) {}

    static SafetensorsHeader parse(ByteBuffer utf8, long dataLength, String file) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(utf8.duplicate()).toString();
        } catch (CharacterCodingException failure) {
            throw InvalidFile.because(file, "the header is not UTF-8 text", failure);
        }
        if (!text.startsWith("{")) {
            throw InvalidFile.because(file, "the header does not begin with '{': this is not a safetensors file");
        }
        try (JsonParser json = JSON.createParser(text)) {
            SafetensorsHeader header = new Reader(json, file).header();
            requireGapless(header.entries, dataLength, file);
            return header;
        } catch (JsonProcessingException failure) {
            throw InvalidFile.because(file, "the header is not valid JSON: " + failure.getOriginalMessage(), failure);
        } catch (IOException failure) {
            throw InvalidFile.because(file, "the header could not be read", failure);
        }
    }

    private static void requireGapless(List<Entry> entries, long dataLength, String file) {
        long expected = 0;
        for (Entry entry : entries) {
            if (entry.begin != expected) {
                throw InvalidFile.because(
                        file,
                        "tensor '" + entry.name + "' begins at byte " + entry.begin + " of the data instead of "
                                + expected + (entry.begin < expected ? " and overlaps another" : ", leaving a hole"));
            }
            expected = entry.end;
        }
        if (expected != dataLength) {
            throw InvalidFile.because(
                    file,
                    "the header describes " + expected + " bytes of data, but the file has " + dataLength
                            + (expected > dataLength ? ": it was cut short" : ""));
        }
    }

    /** Walks the tokens of one header. */
    private static final class Reader {
        private final JsonParser json;
        private final String file;
        private final List<Entry> entries = new ArrayList<>();
        private final Map<String, String> metadata = new TreeMap<>();

        Reader(JsonParser json, String file) {
            this.json = json;
            this.file = file;
        }

        SafetensorsHeader header() throws IOException {
            expect(json.nextToken(), JsonToken.START_OBJECT, "the header");
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (name.equals(METADATA)) {
                    readMetadata();
                } else {
                    entries.add(readEntry(name));
                    if (entries.size() > TENSORS_MAXIMUM) {
                        throw InvalidFile.because(file, "there are more than " + TENSORS_MAXIMUM + " tensors");
                    }
                }
            }
            if (json.nextToken() != null) {
                throw InvalidFile.because(file, "something follows the JSON object of the header");
            }
            entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
            return new SafetensorsHeader(entries, metadata);
        }

        private void readMetadata() throws IOException {
            expect(json.nextToken(), JsonToken.START_OBJECT, METADATA);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                expect(json.nextToken(), JsonToken.VALUE_STRING, "the value of '" + key + "' in " + METADATA);
                metadata.put(key, json.getText());
            }
        }

        private Entry readEntry(String name) throws IOException {
            String what = "tensor '" + name + "'";
            expect(json.nextToken(), JsonToken.START_OBJECT, what);
            String dtype = null;
            List<Long> shape = null;
            List<Long> offsets = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                json.nextToken();
                switch (key) {
                    case "dtype" -> {
                        expect(json.currentToken(), JsonToken.VALUE_STRING, what + ": dtype");
                        dtype = json.getText();
                    }
                    case "shape" -> shape = readCounts(what + ": shape", RANK_MAXIMUM);
                    case "data_offsets" -> offsets = readCounts(what + ": data_offsets", 2);
                    default -> throw InvalidFile.because(file, what + " has the unknown key '" + key + "'");
                }
            }
            if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
                throw InvalidFile.because(file, what + " needs dtype, shape and two data_offsets");
            }
            return checked(name, dtype, shape, offsets.get(0), offsets.get(1));
        }

        private Entry checked(String name, String dtype, List<Long> sizes, long begin, long end) {
            String what = "tensor '" + name + "'";
            SafetensorsType type = SafetensorsType.named(dtype)
                    .orElseThrow(() -> InvalidFile.because(
                            file, what + " has the dtype " + dtype + "; these are read: " + SafetensorsType.names()));
            Shape shape = ShapeCheck.shape(sizes, type.stored(), what, file);
            long expected = (long) shape.elements() * type.stored().bytes();
            if (begin > end || end - begin != expected) {
                throw InvalidFile.because(
                        file,
                        what + " of shape " + shape + " and dtype " + dtype + " needs " + expected
                                + " bytes, but its offsets are " + begin + " and " + end);
            }
            return new Entry(name, type, shape, begin, end);
        }

        private List<Long> readCounts(String what, int maximum) throws IOException {
            expect(json.currentToken(), JsonToken.START_ARRAY, what);
            List<Long> counts = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
                long count = json.getLongValue();
                if (count < 0 || counts.size() == maximum) {
                    throw InvalidFile.because(file, what + " has a negative number or more than " + maximum);
                }
                counts.add(count);
            }
            return counts;
        }

        private void expect(JsonToken found, JsonToken wanted, String what) {
            if (found != wanted) {
                throw InvalidFile.because(file, what + " should be " + wanted + ", but is " + found);
            }
        }
    }
}

package org.saminversion.inversion.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;

/** Lays out and writes one safetensors file. */
final class SafetensorsWriter {
    private final Map<String, String> metadata;
    private final List<Entry> entries;

    private record Entry(String name, Tensor tensor, SafetensorsType type) {
        long bytes() {
            return (long) tensor.shape().elements() * type.stored().bytes();
        }
    }

    SafetensorsWriter(SortedMap<String, Tensor> tensors, Map<String, String> metadata, Set<String> halfPrecision) {
        this.metadata = metadata;
        this.entries = new ArrayList<>();
        tensors.forEach((name, tensor) -> entries.add(new Entry(
                name,
                tensor,
                halfPrecision.contains(name) && fitsHalfPrecision(tensor)
                        ? SafetensorsType.F16
                        : SafetensorsType.storing(tensor.type()))));
        // Wide elements first: then every tensor is aligned to its element size, whatever the counts.
        entries.sort(
                Comparator.comparingInt((Entry entry) -> -entry.type.stored().bytes())
                        .thenComparing(Entry::name));
    }

    private static boolean fitsHalfPrecision(Tensor tensor) {
        FloatBuffer values = tensor.bytes().asFloatBuffer();
        while (values.hasRemaining()) {
            float value = values.get();
            if (Float.isFinite(value) && Math.abs(value) > HalfPrecision.MAXIMUM) {
                return false;
            }
        }
        return true;
    }

    byte[] toBytes() {
        long size = entries.stream().mapToLong(Entry::bytes).sum();
        if (size > Integer.MAX_VALUE - SafetensorsHeader.HEADER_BYTES_MAXIMUM) {
            throw new IllegalStateException(size + " bytes do not fit into one array: write a file instead");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) size + 64 * entries.size());
        try {
            writeTo(Channels.newChannel(bytes));
        } catch (IOException impossible) {
            throw new JobFailure.Bug("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    void writeTo(WritableByteChannel channel) throws IOException {
        byte[] header = header();
        int padding = -header.length & 7;
        ByteBuffer start = ByteBuffer.allocate(Long.BYTES + header.length + padding)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length + padding)
                .put(header);
        while (start.hasRemaining()) {
            start.put((byte) ' ');
        }
        writeFully(channel, start.flip());
        for (Entry entry : entries) {
            writeFully(channel, entry.type == SafetensorsType.F16 ? halves(entry.tensor) : entry.tensor.bytes());
        }
    }

    private byte[] header() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart("__metadata__");
                for (Map.Entry<String, String> text : metadata.entrySet()) {
                    json.writeStringField(text.getKey(), text.getValue());
                }
                json.writeEndObject();
            }
            long offset = 0;
            for (Entry entry : entries) {
                json.writeObjectFieldStart(entry.name);
                json.writeStringField("dtype", entry.type.name());
                json.writeFieldName("shape");
                int[] sizes = entry.tensor.shape().toArray();
                json.writeArray(sizes, 0, sizes.length);
                json.writeFieldName("data_offsets");
                json.writeArray(new long[] {offset, offset + entry.bytes()}, 0, 2);
                json.writeEndObject();
                offset += entry.bytes();
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static ByteBuffer halves(Tensor tensor) {
        FloatBuffer values = tensor.bytes().asFloatBuffer();
        ByteBuffer halves = ByteBuffer.allocate(2 * values.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        while (values.hasRemaining()) {
            halves.putShort(HalfPrecision.toHalf(values.get()));
        }
        return halves.flip();
    }

    private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
